import { OPERATIONS } from '../check/openapi.ts'
import { accountRoutes } from './accounts.ts'
import { assigneeRoutes } from './assignees.ts'
import { branchRoutes } from './branches.ts'
import { checkRoutes } from './checks.ts'
import { commentRoutes } from './comments.ts'
import { commitRoutes } from './commits.ts'
import { contentRoutes } from './contents.ts'
import { deploymentRoutes } from './deployments.ts'
import { dispatchRoutes } from './dispatches.ts'
import { issueRoutes } from './issues.ts'
import { labelRoutes } from './labels.ts'
import { mergeRoutes } from './merging.ts'
import { milestoneRoutes } from './milestones.ts'
import { objectRoutes } from './objects.ts'
import { pullRoutes } from './pulls.ts'
import { refRoutes } from './refs.ts'
import { reviewerRoutes } from './reviewers.ts'
import type { Routes } from './route.ts'
import { statusRoutes } from './statuses.ts'
import { treeRoutes } from './trees.ts'

/** All but `rate-limit/get`, which the server answers from its own count. */
export const ROUTES: Routes = {
  ...accountRoutes,
  ...assigneeRoutes,
  ...branchRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...deploymentRoutes,
  ...dispatchRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...mergeRoutes,
  ...milestoneRoutes,
  ...objectRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...reviewerRoutes,
  ...statusRoutes,
  ...treeRoutes,
}

export interface Match {
  operation: string
  path: Record<string, string>
}

/** Parameters that may hold slashes, sent as they are. */
const WITH_SLASHES = ['basehead', 'branch', 'path', 'ref']

const PATTERNS = Object.entries(OPERATIONS)
  .map(([operation, { method, path }]) => ({
    operation,
    method,
    pattern: patternOf(path),
    literal: path.replace(/\{.*?\}/g, ''),
  }))
  // `/commits/{ref}/status` before `/commits/{ref}`: the more is written out, the sooner it is tried.
  .sort((a, b) => b.literal.length - a.literal.length)

function patternOf(path: string): RegExp {
  const source = path.replace(/[.+]/g, '\\$&').replace(/\{(.*?)\}/g, (_, name: string) => {
    return `(?<${name}>${WITH_SLASHES.includes(name) ? '.+?' : '[^/]+'})`
  })
  return new RegExp(`^${source.replace('/(?<path>.+?)', '(?:/(?<path>.*))?')}$`)
}

/** The operation that a request calls; undefined for what GitHub, as far as it is described here, does not have. */
export function matchRoute(method: string, pathname: string): Match | undefined {
  for (const { operation, method: own, pattern } of PATTERNS) {
    const found = own === method ? pattern.exec(pathname) : null
    if (!found) continue
    const path = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
    )
    return { operation, path }
  }
  return undefined
}
