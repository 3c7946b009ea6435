import type { PathStep } from '../yaml/locate.ts'
import type { Config } from './schema.ts'

/** What is wrong with the order of environments, by the path of the edge. */
export interface GraphProblem {
  path: PathStep[]
  message: string
}

/** The environments an environment takes its versions from. */
export function sourcesOf(from: NonNullable<NonNullable<Config['environments']>[string]>['from']): readonly string[] {
  if (from === undefined) return []
  if (typeof from === 'string') return [from]
  return Array.isArray(from) ? from : from.any
}

/** An edge must come from a known, other environment, and no way may lead round in a circle. */
export function graphProblems(environments: NonNullable<Config['environments']>): GraphProblem[] {
  const problems: GraphProblem[] = []
  for (const [name, environment] of Object.entries(environments)) {
    for (const source of sourcesOf(environment?.from)) {
      const path = ['environments', name, 'from']
      if (source === name) problems.push({ path, message: `${name} cannot come from itself.` })
      else if (!Object.hasOwn(environments, source)) {
        problems.push({ path, message: `${name} comes from ${source}, which is not among the environments.` })
      } else if (leadsTo(environments, source, name)) {
        problems.push({ path, message: `${name} comes from ${source}, which itself comes from ${name}: a circle.` })
      }
    }
  }
  return problems
}

function leadsTo(environments: NonNullable<Config['environments']>, start: string, goal: string): boolean {
  const seen = new Set<string>()
  const pending = [start]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === goal) return true
    if (seen.has(at)) continue
    seen.add(at)
    pending.push(...sourcesOf(environments[at]?.from))
  }
  return false
}
