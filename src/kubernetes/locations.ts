import { type JsonSchemaOptions, judgeByJsonSchema } from './json-schema.ts'
import { UnusableSchema } from './json-schema-node.ts'
import { openJsonSchema } from './json-schema-open.ts'
import { type ContentPorts, createContents } from './locations-content.ts'
import { readLocation, type SchemaLocation, type TemplateOptions } from './locations-template.ts'
import type { SchemaProblem } from './problem.ts'

/** Judges resources of one kind. */
export interface JsonSchemaJudge {
  judge(value: unknown, options?: JsonSchemaOptions): SchemaProblem[]
}

/** What the locations know of a kind. */
export type Located =
  | { is: 'found'; place: string; judge: JsonSchemaJudge['judge'] }
  /** The bundled catalog comes first, and knows it. */
  | { is: 'bundled' }
  | { is: 'missing' }
  /** A location failed and no other had it: nothing can be said of the kind. Why, is part of a sentence. */
  | { is: 'failed'; message: string }

/** A location that failed; another one may have had the schema. */
export interface LocationFailure {
  place: string
  message: string
}

export interface Locations {
  find(apiVersion: string, kind: string): Promise<Located>
  /** Every failure so far, by place. */
  failures(): readonly LocationFailure[]
}

export interface LocationPorts extends ContentPorts {
  /** Whether the bundled catalog knows a kind. */
  bundled(apiVersion: string, kind: string): boolean
}

/** Kubernetes' own grammar: nothing else of a manifest may enter a path or a URL. */
const API_VERSION =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const KIND = /^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/
const LONGEST_NAME = 253

/**
 * Opens the `--schema-location`s, which are tried in the order given. `default` stands for the bundled catalog; where
 * it is not given, the catalog stands before the first location on the network. Nothing is fetched unless a location
 * is an http(s) URL, and then only what no location before it has.
 *
 * @throws UsageError where a template is wrong
 */
export function openLocations(templates: readonly string[], ports: LocationPorts, options: TemplateOptions): Locations {
  const locations = withBundle(templates.map((template) => readLocation(template, options)))
  const contentOf = createContents(ports)
  const located = new Map<string, Promise<Located>>()
  const failures = new Map<string, LocationFailure>()

  function find(apiVersion: string, kind: string): Promise<Located> {
    const name = `${apiVersion} ${kind}`
    const found = located.get(name) ?? search(apiVersion, kind)
    located.set(name, found)
    return found
  }

  async function search(apiVersion: string, kind: string): Promise<Located> {
    if (!isName(apiVersion, API_VERSION) || !isName(kind, KIND)) return { is: 'missing' }
    let failed: string | undefined
    for (const location of locations) {
      if (location.kind === 'bundle') {
        if (ports.bundled(apiVersion, kind)) return { is: 'bundled' }
        continue
      }
      const place = location.placeOf(apiVersion, kind)
      const opened = await open(place)
      if (opened.is === 'found') return opened
      if (opened.is === 'missing') continue
      failures.set(place, { place: shown(place), message: opened.message })
      failed ??= opened.message
    }
    if (failed === undefined) return { is: 'missing' }
    return { is: 'failed', message: `a schema location failed (${failed.replace(/\.$/, '')})` }
  }

  async function open(place: string): Promise<Exclude<Located, { is: 'bundled' }>> {
    const content = await contentOf(place)
    if (content.is === 'absent') return { is: 'missing' }
    try {
      const schema = await openJsonSchema(place, load)
      return { is: 'found', place: shown(place), judge: (value, options) => judgeByJsonSchema(value, schema, options) }
    } catch (error) {
      if (!(error instanceof UnusableSchema)) throw error
      return { is: 'failed', message: sentence(error) }
    }
  }

  async function load(place: string): Promise<unknown> {
    const content = await contentOf(place)
    if (content.is === 'json') return content.value
    throw new UnusableSchema(place, '', content.is === 'absent' ? 'is referred to, but not there' : content.fault)
  }

  return { find, failures: () => [...failures.values()].sort((a, b) => (a.place < b.place ? -1 : 1)) }
}

function withBundle(locations: readonly SchemaLocation[]): readonly SchemaLocation[] {
  if (locations.some(({ kind }) => kind === 'bundle')) return locations
  const network = locations.findIndex(({ kind }) => kind === 'url')
  const bundle: SchemaLocation = { kind: 'bundle', placeOf: () => 'default' }
  return locations.toSpliced(network < 0 ? locations.length : network, 0, bundle)
}

function isName(name: string, grammar: RegExp): boolean {
  return name.length <= LONGEST_NAME && grammar.test(name)
}

function sentence({ file, pointer, message }: UnusableSchema): string {
  return `The schema ${shown(file)}${pointer && `#${pointer}`} ${message}.`
}

/** A query may hold a token. */
function shown(place: string): string {
  return place.replace(/^(https?:[^?#]*)[?#].*$/i, '$1')
}
