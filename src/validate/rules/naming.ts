import { isRecord, type Resource } from '../../kubernetes/resource.ts'
import type { RuleProblem } from '../problem.ts'

/** `schema/missing`: a resource needs a name, or a prefix from which the API server makes one. */
export function naming(resource: Resource): RuleProblem[] {
  const { metadata } = resource.value
  if (metadata === undefined || metadata === null) {
    return [{ rule: 'schema/missing', path: [], at: 'key', message: 'The resource lacks metadata with a name.' }]
  }
  if (!isRecord(metadata) || isGiven(metadata.name) || isGiven(metadata.generateName)) return []
  if (metadata.name === null) {
    return [
      {
        rule: 'schema/invalid',
        path: ['metadata', 'name'],
        at: 'value',
        message: 'metadata.name is required, but null.',
      },
    ]
  }
  return [{ rule: 'schema/missing', path: ['metadata'], at: 'key', message: 'metadata lacks the required field name.' }]
}

/** The API server takes null for absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}
