import { newSignal } from './signal.ts'

/** Which calls a fault concerns. All that is given must hold; nothing given means every call. */
export interface Matcher {
  method?: string
  /** Part of the path, or a pattern, without `/api/v3`. */
  path?: string | RegExp
  /** `pulls/create` for REST, `mutation updateRefs` for GraphQL, `git-receive-pack` for git; a text or a pattern. */
  operation?: string | RegExp
  /** The value of the token it is sent with: tells two writers apart. */
  token?: string
  /** Only the nth call that matches (from 1); absent: each. */
  nth?: number
}

/**
 * What goes wrong. `when: before` has no effect on the repository, `after` has it and only the answer is lost.
 * - `drop`: the connection ends.
 * - `status`: an answer of the test's choosing, e.g. 502 with HTML.
 * - `limit`: GitHub's own answer at a limit; `retryAfter` is the header, in seconds or as a date.
 * - `delay`: the answer comes late.
 * - `hold`: the call waits at a gate.
 */
export type Fault =
  | { kind: 'drop'; when: 'after' | 'before' }
  | { kind: 'status'; when: 'after' | 'before'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'limit'; limit: 'primary' | 'secondary'; status?: 403 | 429; retryAfter?: number | string; reset?: number }
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'hold'; when: 'after' | 'before'; gate: Gate }

export interface Armed {
  on: Matcher
  fault: Fault
  seen: number
}

/** What a call is known by. */
export interface Subject {
  method: string
  path: string
  operation: string
  token?: string
}

/** The faults that a call meets; counts it for each. */
export function faultsFor(armed: readonly Armed[], subject: Subject): Fault[] {
  return armed.filter((each) => concerns(each.on, subject) && isTurn(each)).map(({ fault }) => fault)
}

function isTurn(armed: Armed): boolean {
  armed.seen += 1
  return armed.on.nth === undefined || armed.on.nth === armed.seen
}

function concerns({ method, path, operation, token }: Matcher, subject: Subject): boolean {
  return (
    (method === undefined || method === subject.method) &&
    (path === undefined || (typeof path === 'string' ? subject.path.includes(path) : path.test(subject.path))) &&
    (operation === undefined ||
      (typeof operation === 'string' ? subject.operation === operation : operation.test(subject.operation))) &&
    (token === undefined || token === subject.token)
  )
}

/** Where a held call waits for the test. */
export interface Gate {
  /** Resolves when the call has arrived. */
  readonly reached: Promise<void>
  /** Lets it go on. */
  release(): void
  /** Ends its connection instead; held before its effect, it has none. */
  drop(): void
  /** For the server: waits, and tells what the test decided. */
  pass(): Promise<'drop' | 'release'>
}

export function newGate(): Gate {
  const arrival = newSignal()
  const decision = newSignal<'drop' | 'release'>()
  return {
    reached: arrival.given,
    release: () => decision.give('release'),
    drop: () => decision.give('drop'),
    pass: () => {
      arrival.give()
      return decision.given
    },
  }
}
