import { posix } from 'node:path'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'
import type { KustomizeOrigin, KustomizeResource } from './engines.ts'

const ORIGIN = 'config.kubernetes.io/origin'
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations'
const METADATA = ['originAnnotations', 'transformerAnnotations']

/** A kustomization that asks for origins, as JSON, which is YAML too; `undefined` for what kustomize will not accept. */
export function askingForOrigins(kustomization: string): string | undefined {
  const documents = readYaml(kustomization, DEFAULT_YAML_LIMITS).documents.filter((each) => !each.empty)
  const fields = documents[0]?.value
  if (documents.length !== 1 || !isMapping(fields) || Object.keys(fields).length === 0) return undefined
  // kustomize reads fields however they are capitalised.
  const others = Object.entries(fields).filter(([name]) => name.toLowerCase() !== 'buildmetadata')
  const asked = [...others, ['buildMetadata', METADATA]]
  try {
    return JSON.stringify(Object.fromEntries(asked))
  } catch {
    return undefined // an integer that JSON.stringify does not take
  }
}

/** The objects of `kustomize build`'s output: no value of theirs can stand at the start of a line. */
export function splitResources(output: string): string[] {
  return output === '' ? [] : output.split(/^---\n/m)
}

/**
 * Gives each resource of a build the origins that another build of the same kustomization has in annotations. The
 * resources are the same, but for a name with a hash of what depends on annotations: those are found by their order.
 *
 * @param folder what was built: kustomize's paths are relative to it.
 */
export function withOrigins(texts: readonly string[], tracked: readonly string[], folder: string): KustomizeResource[] {
  const records = new Map(tracked.map((text) => [identity(text), text]))
  return texts.map((text, index) => {
    const beside = tracked.length === texts.length ? tracked[index] : undefined
    const record = records.get(identity(text)) ?? (beside && kindOf(beside) === kindOf(text) ? beside : undefined)
    return { text, ...readOrigins(record, folder) }
  })
}

function kindOf(text: string): string {
  return (text.match(/^(?:apiVersion|kind):.*$/gm) ?? []).join('\n')
}

/** The lines that name an object, as kustomize prints them. */
function identity(text: string): string {
  return (text.match(/^(?:apiVersion|kind|metadata| {2}name| {2}namespace):.*$/gm) ?? []).join('\n')
}

function readOrigins(text: string | undefined, folder: string): Omit<KustomizeResource, 'text'> {
  const resource = text === undefined ? undefined : parse(text)
  const metadata = isMapping(resource) ? resource.metadata : undefined
  const annotations = isMapping(metadata) ? metadata.annotations : undefined
  if (!isMapping(annotations)) return { transformations: [] }
  const transformations = parse(annotations[TRANSFORMATIONS])
  const origin = originOf(parse(annotations[ORIGIN]), folder)
  return {
    ...(origin && { origin }),
    transformations: (Array.isArray(transformations) ? transformations : []).flatMap(
      (each: unknown) => originOf(each, folder) ?? [],
    ),
  }
}

/** What was fetched has no place in this repository. */
function originOf(record: unknown, folder: string): KustomizeOrigin | undefined {
  if (!isMapping(record) || record.repo !== undefined || /^https?:\//.test(String(record.path))) return undefined
  const place = (path: unknown) => (typeof path === 'string' && path !== '' ? posix.join(folder, path) : undefined)
  const [path, configuredIn] = [place(record.path), place(record.configuredIn)]
  const by = record.configuredBy
  return {
    ...(path !== undefined && { path }),
    ...(configuredIn !== undefined && { configuredIn }),
    ...(isMapping(by) && { configuredBy: by as KustomizeOrigin['configuredBy'] }),
  }
}

function parse(text: unknown): unknown {
  return typeof text === 'string' ? readYaml(text, DEFAULT_YAML_LIMITS).documents[0]?.value : undefined
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
