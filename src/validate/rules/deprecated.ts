import type { ApiLifecycle } from '../../kubernetes/api-lifecycle.ts'
import { compareMinors } from '../../kubernetes/catalog-minor.ts'
import type { Resource } from '../../kubernetes/resource.ts'
import type { KnownApis } from '../../kubernetes/schemas.ts'
import type { RuleProblem } from '../problem.ts'

/** `api/deprecated`: the minor still serves this API version, and a later one will not. */
export function deprecated(resource: Resource, apis: KnownApis, minor: string): RuleProblem[] {
  const lifecycle = apis.lifecycle(resource.apiVersion, resource.kind)
  if (!lifecycle || !isDeprecated(lifecycle, minor)) return []
  const message = `${resource.apiVersion} ${resource.kind} is deprecated ${sinceWhen(lifecycle)}.`
  const help = lifecycle.replacement && `Use ${lifecycle.replacement}.`
  return [{ rule: 'api/deprecated', path: ['apiVersion'], at: 'value', message, ...(help && { help }) }]
}

function isDeprecated({ deprecatedIn, removedIn, operator }: ApiLifecycle, minor: string): boolean {
  if (operator !== undefined) return true
  return reached(deprecatedIn, minor) && !reached(removedIn, minor)
}

function sinceWhen({ deprecatedIn, removedIn, operator }: ApiLifecycle): string {
  if (operator !== undefined) return `by ${operator}, whose newer releases no longer serve it`
  return `since Kubernetes ${deprecatedIn}${removedIn ? ` and goes with Kubernetes ${removedIn}` : ''}`
}

/** Whether a minor is a version or newer. */
function reached(version: string | undefined, minor: string): boolean {
  return version !== undefined && compareMinors(version, minor) <= 0
}
