import { groupOf } from '../kubernetes/api-version.ts'
import type { SchemaProblem } from '../kubernetes/problem.ts'
import type { Resource } from '../kubernetes/resource.ts'
import { isRecord } from '../kubernetes/resource.ts'
import type { DefinedKind, KnownApis, Resolution } from '../kubernetes/schemas.ts'
import { resolveKind } from '../kubernetes/schemas.ts'
import type { Place } from '../report/finding.ts'
import { isCrd } from '../source/scout.ts'
import type { Belonging } from './belonging.ts'
import { type CheckContext, checkResource } from './check.ts'
import { Coverage } from './coverage.ts'
import { Destinations } from './duplicates.ts'
import type { Ledger } from './ledger.ts'

/** A schema of a `--schema-location`, or what is known in its stead. */
export type LocatedKind =
  | { is: 'judged'; judge(value: unknown): SchemaProblem[] }
  | { is: 'missing' }
  | { is: 'failed'; message: string }

/** How one run judges, whatever the source. */
export interface RunSettings {
  apis: KnownApis
  skip: ReadonlySet<string>
  unvalidated: CheckContext['unvalidated']
  /** Asks the schema locations, where some were given. */
  locate?: (minor: string, apiVersion: string, kind: string) => Promise<LocatedKind>
  /** Reads a CustomResourceDefinition into the kinds it defines, and what of it cannot be read. */
  define(crd: unknown): { kinds: DefinedKind[]; problems: SchemaProblem[] }
}

interface Pending {
  resource: Resource
  faulty: boolean
  belonging: Belonging
}

/**
 * Judges the resources of a run. Built-in kinds are judged as they come; custom ones of rendered sources wait until
 * every source is rendered, because any of them may bring the CRD.
 */
export class Run {
  readonly coverage = new Coverage()
  readonly destinations = new Destinations()
  /** Whether a kind could not be judged because every schema location failed. */
  failed = false
  readonly #settings: RunSettings
  readonly #ledger: Ledger
  readonly #defined = new Map<string, DefinedKind>()
  readonly #resolved = new Map<string, Resolution | LocatedKind>()
  readonly #pending: Pending[] = []

  constructor(settings: RunSettings, ledger: Ledger) {
    this.#settings = settings
    this.#ledger = ledger
  }

  define(crd: unknown): void {
    for (const kind of this.#settings.define(crd).kinds) this.#defined.set(`${kind.apiVersion}/${kind.kind}`, kind)
    this.#resolved.clear()
  }

  /** Takes a resource of a rendered source. */
  async addRendered(resource: Resource, faulty: boolean, belonging: Belonging): Promise<void> {
    if (isCrd(resource.value)) this.define(resource.value)
    if (this.#settings.apis.catalog.groupKnown(groupOf(resource.apiVersion)))
      await this.check(resource, faulty, belonging)
    else this.#pending.push({ resource, faulty, belonging })
  }

  /** Judges what waited. */
  async settle(): Promise<void> {
    for (const { resource, faulty, belonging } of this.#pending.splice(0)) await this.check(resource, faulty, belonging)
  }

  async check(resource: Resource, faulty: boolean, belonging: Belonging): Promise<void> {
    const { apiVersion, kind } = resource
    const { minor } = belonging
    const resolution = this.#resolve(minor, apiVersion, kind)
    const known = resolution instanceof Promise ? await resolution : resolution
    if (known.is === 'failed') this.failed = true
    const context: CheckContext = {
      apis: this.#settings.apis,
      minor,
      resolve: () => asResolution(known),
      isSkipped: (version, name) => this.#settings.skip.has(name) || this.#settings.skip.has(`${version}/${name}`),
      unvalidated: known.is === 'failed' ? 'error' : this.#settings.unvalidated,
      substituted: belonging.substituted,
      isWritten: belonging.isWritten,
      isCompletedElsewhere: belonging.isCompletedElsewhere,
      isReplaced: belonging.isReplaced,
    }
    const defines = isCrd(resource.value) && !context.isSkipped(apiVersion, kind)
    const misdefined = defines && (await this.#reportDefinition(resource))
    const verdict = await checkResource(resource, context, this.#ledger, faulty || misdefined)
    this.coverage.count({ apiVersion, kind, minor, ...verdict })
    this.#remember(resource, belonging)
  }

  /** Tells what of a CustomResourceDefinition cannot be judged by; answers whether any of it is an error. */
  async #reportDefinition({ value, locate, place, source, ...named }: Resource): Promise<boolean> {
    const { apiVersion, kind, namespace, name } = named
    const { problems } = this.#settings.define(value)
    if (problems.length > 0) await locate?.()
    const weights = problems.map(({ rule, path, at, message }) => {
      const { note: _, ...where } = place(path, at)
      const resource = { apiVersion, kind, ...(namespace && { namespace }), name }
      return this.#ledger.add({ rule, message, path, source, resource, ...where })
    })
    return weights.includes('error')
  }

  #remember(resource: Resource, { destination }: Belonging): void {
    if (!isRecord(resource.value.metadata) || resource.value.metadata.name === undefined) return
    const { apiVersion, kind, name, source } = resource
    const namespace = resource.namespace ?? destination.namespace
    const place = resource.placeLater ?? (() => placed(resource))
    this.destinations.add(destination, { resource: { apiVersion, kind, namespace, name }, source, place })
  }

  #resolve(
    minor: string,
    apiVersion: string,
    kind: string,
  ): Resolution | LocatedKind | Promise<Resolution | LocatedKind> {
    const key = `${minor} ${apiVersion}/${kind}`
    const known = this.#resolved.get(key)
    if (known) return known
    const { apis, locate } = this.#settings
    const own = this.#defined.has(`${apiVersion}/${kind}`)
    const bundled = () => resolveKind(apis, this.#defined, minor, apiVersion, kind)
    const keep = (resolution: Resolution | LocatedKind) => {
      this.#resolved.set(key, resolution)
      return resolution
    }
    if (own || !locate) return keep(bundled())
    return locate(minor, apiVersion, kind).then((located) => keep(located.is === 'missing' ? bundled() : located))
  }
}

function asResolution(known: Resolution | LocatedKind): ReturnType<CheckContext['resolve']> {
  if (known.is === 'failed') return { is: 'unvalidated', reason: known.message }
  if (known.is === 'missing') return { is: 'unvalidated', reason: 'no schema known' }
  return known
}

async function placed(resource: Resource): Promise<Place> {
  await resource.locate?.()
  const { note: _, ...place } = resource.place(['metadata', 'name'], 'value')
  return place
}
