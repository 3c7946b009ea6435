import type { Resource } from '../../kubernetes/resource.ts'
import type { KnownApis } from '../../kubernetes/schemas.ts'
import type { RuleProblem } from '../problem.ts'

/** `api/deprecated`: the minor still serves this API version, and a later one will not. */
export function deprecated(resource: Resource, apis: KnownApis, minor: string): RuleProblem[] {
  const lifecycle = apis.lifecycle(resource.apiVersion, resource.kind)
  if (!lifecycle?.deprecatedIn || minorNumber(lifecycle.deprecatedIn) > minorNumber(minor)) return []
  const goes = lifecycle.removedIn ? ` and goes with Kubernetes ${lifecycle.removedIn}` : ''
  const message = `${resource.apiVersion} ${resource.kind} is deprecated since Kubernetes ${lifecycle.deprecatedIn}${goes}.`
  const help = lifecycle.replacement && `Use ${lifecycle.replacement}.`
  return [{ rule: 'api/deprecated', path: ['apiVersion'], at: 'value', message, ...(help && { help }) }]
}

function minorNumber(version: string): number {
  return Number(version.split('.')[1])
}
