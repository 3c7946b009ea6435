import type { Gate } from '../gates.ts'

/** What a rollback cannot do, for whoever merges it. */
export const OUT_OF_REACH =
  'A rollback restores versions in Git and nothing else: schema migrations, data and deleted objects are people’s work.'

/** A rollback is the emergency exit: of all gates only what the registry denies stops it. */
export function stopsRollback({ gate, state }: Gate): boolean {
  return gate === 'image' && state === 'blocked'
}

/** A gate that is shut and that a rollback passes all the same. */
export function isQuiet(gate: Gate): boolean {
  return gate.state !== 'passed' && !stopsRollback(gate)
}

/** The gates that a rollback passes although they are shut, as sentences. */
export function passedOver(gates: readonly Gate[]): string[] {
  const clauses = gates.filter(isQuiet).map(({ gate, reason }) => (gate === 'hold' ? `held: ${reason}` : reason))
  return [...new Set(clauses)].map((clause) => sentence(`${clause}; a rollback goes ahead all the same`))
}

export function sentence(clauses: string): string {
  return `${clauses.charAt(0).toUpperCase()}${clauses.slice(1)}.`
}
