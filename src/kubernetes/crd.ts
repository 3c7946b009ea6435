import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { groupOf, versionOf } from './api-version.ts'
import { mustBe } from './crd-keywords.ts'
import { type CrdLimits, createCrdSchemaReader, DEFAULT_CRD_LIMITS } from './crd-schema.ts'
import type { SchemaProblem } from './problem.ts'
import { isRecord } from './resource.ts'
import type { Schema, ServedKind } from './schema.ts'

/** One version of the kind that a CustomResourceDefinition defines. */
export interface CrdKind extends ServedKind {
  readonly apiVersion: string
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Whether the API server answers for this version; one it only stores is refused in a manifest. */
  readonly served: boolean
  readonly deprecated: boolean
  /** Set where the definition states no schema, so that `schema` allows anything. */
  readonly schemaless?: true
  /** What the API server says to those who use a deprecated version; its own sentence where absent. */
  readonly deprecationWarning?: string
}

export interface CrdReading {
  /** The versions that can be judged by; one whose schema could not be read is left out. */
  kinds: CrdKind[]
  /** What of the definition could not be read, by its path in there. */
  problems: SchemaProblem[]
}

/** The grammar of the API server: a CRD's group always has a dot, so that none can pose as a built-in one like `apps`. */
const GROUP = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/
const VERSION = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const KIND = /^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/

export function isCrd(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value) || value.kind !== 'CustomResourceDefinition' || typeof value.apiVersion !== 'string')
    return false
  return groupOf(value.apiVersion) === 'apiextensions.k8s.io' && ['v1', 'v1beta1'].includes(versionOf(value.apiVersion))
}

/**
 * Reads a CustomResourceDefinition (`v1` or `v1beta1`) into the kinds it defines, one for each version, with what the
 * API server implies: `apiVersion`, `kind` and `metadata` beside the stated fields, and every object closed that does
 * not say otherwise. The definition is untrusted: whatever it holds ends as data, a problem, or a named limit.
 *
 * @param objectMeta the schema of `metadata`, from the catalog of built-in kinds
 */
export function crdKinds(value: unknown, objectMeta: Schema, limits: Partial<CrdLimits> = {}): CrdReading {
  if (!isCrd(value) || !isRecord(value.spec)) return { kinds: [], problems: [] }
  const { spec } = value
  const names = isRecord(spec.names) ? spec.names : {}
  const preserveAll = keepsUnknownFields(value.apiVersion, spec)
  const schemas = createCrdSchemaReader(objectMeta, { ...DEFAULT_CRD_LIMITS, ...limits })
  const problems: SchemaProblem[] = []

  const group = named(spec.group, ['spec', 'group'], GROUP, 'a domain such as example.com')
  const kind = named(names.kind, ['spec', 'names', 'kind'], KIND, 'a name such as CronTab')
  const kinds = group && kind ? versionsOf(spec).flatMap((version) => kindOf(version, group, kind)) : []
  return { kinds, problems: [...problems, ...schemas.problems] }

  function kindOf(entry: VersionEntry, group: string, kind: string): CrdKind[] {
    const version = named(entry.name, entry.namePath, VERSION, 'a version such as v1 or v1beta1')
    const schema = version && schemas.read(entry.schema, entry.schemaPath, preserveAll)
    if (!version || !schema) return []
    const { served, deprecated, deprecationWarning: warning } = entry
    const schemaless = entry.schema === undefined || entry.schema === null
    const scope = spec.scope === 'Cluster' ? 'Cluster' : 'Namespaced'
    const name = { apiVersion: `${group}/${version}`, group, version, kind, scope } as const
    const told = { ...(schemaless && { schemaless }), ...(warning && { deprecationWarning: warning }) }
    return [{ ...name, schema, served, deprecated, ...told }]
  }

  /** What is absent is left to the schema of CustomResourceDefinition itself. */
  function named(stated: unknown, path: readonly PathStep[], grammar: RegExp, form: string): string | undefined {
    if (stated === undefined || (typeof stated === 'string' && grammar.test(stated))) return stated
    const fault = typeof stated === 'string' ? `must be ${form}` : mustBe('a string', stated)
    problems.push({ rule: 'schema/invalid', path, at: 'value', message: `${toFieldPath(path)} ${fault}.` })
    return undefined
  }
}

interface VersionEntry {
  name: unknown
  namePath: readonly PathStep[]
  schema: unknown
  schemaPath: readonly PathStep[]
  served: boolean
  deprecated: boolean
  deprecationWarning?: string
}

/** `v1beta1` may name a single version, and may state one schema for all of them. */
function versionsOf(spec: Readonly<Record<string, unknown>>): VersionEntry[] {
  const shared = isRecord(spec.validation) ? spec.validation.openAPIV3Schema : undefined
  const sharedPath = ['spec', 'validation', 'openAPIV3Schema']
  if (!Array.isArray(spec.versions) && spec.version !== undefined) {
    const only = { name: spec.version, namePath: ['spec', 'version'], served: true, deprecated: false }
    return [{ ...only, schema: shared, schemaPath: sharedPath }]
  }
  const versions: unknown[] = Array.isArray(spec.versions) ? spec.versions : []
  return versions.flatMap((version, index) => {
    if (!isRecord(version)) return []
    const path = ['spec', 'versions', index]
    const own = isRecord(version.schema) ? version.schema.openAPIV3Schema : undefined
    return {
      name: version.name,
      namePath: [...path, 'name'],
      schema: own ?? shared,
      schemaPath: own === undefined && shared !== undefined ? sharedPath : [...path, 'schema', 'openAPIV3Schema'],
      served: version.served === true,
      deprecated: version.deprecated === true,
      ...(typeof version.deprecationWarning === 'string' && { deprecationWarning: version.deprecationWarning }),
    }
  })
}

/** `v1beta1` keeps unknown fields unless told otherwise. */
function keepsUnknownFields(
  apiVersion: unknown,
  { preserveUnknownFields }: Readonly<Record<string, unknown>>,
): boolean {
  if (preserveUnknownFields === true) return true
  return apiVersion === 'apiextensions.k8s.io/v1beta1' && preserveUnknownFields !== false
}
