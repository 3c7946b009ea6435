import { DEPRECATIONS, OPERATOR_DEPRECATIONS } from './deprecations.ts'
import { REMOVALS } from './removals.ts'

/** What is known of an API beyond its schema. Minors are `X.Y`. */
export interface ApiLifecycle {
  /** The minor since which the API server warns. */
  deprecatedIn?: string
  /** The minor since which it is no longer served; it may lie beyond the newest of the catalog. */
  removedIn?: string
  /**
   * What takes its place in the end: an apiVersion, with the kind where that changes too (`resource.k8s.io/v1
   * DeviceClass`). A cluster may not serve it yet; `Catalog.versionsOf` tells what one minor serves.
   */
  replacement?: string
  /** For custom kinds: the operator whose releases decide. No Kubernetes minor is named; it is deprecated in all. */
  operator?: string
}

/** One apiVersion's kinds that share a fate; kinds are separated by blanks. '' where nothing is known. */
export type LifecycleRow = readonly [
  apiVersion: string,
  kinds: string,
  deprecatedIn: string,
  removedIn: string,
  replacement?: string,
]

/** Custom kinds that an operator gave up: apiVersion, kinds, the operator, what to use instead. */
export type OperatorRow = readonly [apiVersion: string, kinds: string, operator: string, replacement: string]

/** Deprecation and removal of a kind at an apiVersion; nothing where none is known. */
export function apiLifecycle(apiVersion: string, kind: string): ApiLifecycle | undefined {
  return LIFECYCLES.get(`${apiVersion}/${kind}`)
}

const LIFECYCLES: ReadonlyMap<string, ApiLifecycle> = new Map([
  ...[...REMOVALS, ...DEPRECATIONS].flatMap(([apiVersion, kinds, deprecatedIn, removedIn, replacement]) =>
    entries(apiVersion, kinds, {
      ...(deprecatedIn && { deprecatedIn }),
      ...(removedIn && { removedIn }),
      ...(replacement && { replacement }),
    }),
  ),
  ...OPERATOR_DEPRECATIONS.flatMap(([apiVersion, kinds, operator, replacement]) =>
    entries(apiVersion, kinds, { operator, replacement }),
  ),
])

function entries(apiVersion: string, kinds: string, lifecycle: ApiLifecycle): [string, ApiLifecycle][] {
  return kinds.split(' ').map((kind) => [`${apiVersion}/${kind}`, lifecycle])
}
