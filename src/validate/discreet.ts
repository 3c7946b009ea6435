import type { Problem } from '../yaml/problem.ts'

/** A problem of a Secret's text, told without the value. */
export function discreet(problem: Problem): Problem {
  if (problem.rule !== 'yaml/ambiguous-scalar') return problem
  return { ...problem, message: 'The cluster reads this otherwise than it looks; put it into quotes.' }
}
