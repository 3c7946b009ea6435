import { newSignal } from './signal.ts'

/** The order in which the calls of several writers are let in, one at a time. Writers are known by their tokens. */
export interface Schedule {
  /** The turns that were taken to their end. */
  readonly taken: readonly string[]
  /** Resolves when it is this writer's turn. */
  enter(writer: string): Promise<void>
  /** Its call is answered: the next turn begins, unless this one goes on. */
  leave(writer: string, operation: string): void
  /** This writer makes no more calls: its turns are skipped. */
  finished(writer: string): void
}

/**
 * After the last turn, and for whoever is not named, calls are let in as they come.
 *
 * @param ends whether a turn ends with a call of this operation, as every turn does unless told. What no other writer can
 *   see need not be told apart: with a turn that goes on until something can be seen, there are far fewer orders.
 */
export function newSchedule(order: readonly string[], ends: (operation: string) => boolean = () => true): Schedule {
  const turns = [...order]
  const taken: string[] = []
  const writers = new Set(order)
  const done = new Set<string>()
  const waiting: { writer: string; go: () => void }[] = []
  let inside: string | undefined

  const advance = () => {
    while (turns[0] !== undefined && done.has(turns[0])) turns.shift()
    if (inside !== undefined) return
    if (turns.length === 0) {
      for (const { go } of waiting.splice(0)) go()
      return
    }
    const next = waiting.findIndex(({ writer }) => writer === turns[0])
    if (next < 0) return
    inside = turns.shift()
    waiting.splice(next, 1)[0]?.go()
  }

  return {
    taken,
    enter: (writer) => {
      if (!writers.has(writer)) return Promise.resolve()
      const turn = newSignal()
      waiting.push({ writer, go: turn.give })
      advance()
      return turn.given
    },
    leave: (writer, operation) => {
      if (inside === writer) {
        inside = undefined
        if (ends(operation)) taken.push(writer)
        else turns.unshift(writer)
      }
      advance()
    },
    finished: (writer) => {
      done.add(writer)
      if (inside === writer) inside = undefined
      advance()
    },
  }
}

/** Every order of `a` calls of one writer and `b` of another: (a+b)! / (a! b!) of them. */
export function* interleavings<T>(a: readonly T[], b: readonly T[]): Generator<T[]> {
  const [firstA, ...restA] = a
  const [firstB, ...restB] = b
  if (firstA === undefined || firstB === undefined) {
    yield [...a, ...b]
    return
  }
  for (const rest of interleavings(restA, b)) yield [firstA, ...rest]
  for (const rest of interleavings(a, restB)) yield [firstB, ...rest]
}
