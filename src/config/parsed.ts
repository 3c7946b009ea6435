/** What reading a text gave. A problem completes "`soak` …": it has no subject and no full stop. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string }

export function right<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

export function wrong(problem: string): { ok: false; problem: string } {
  return { ok: false, problem }
}
