/** Takes its turn: waits until a write may be sent. */
export type Turn = () => Promise<void>

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
}

/** Below GitHub's 80 content-creating requests a minute, whatever follows. */
const FREE_WRITES = 40
const PAUSE = 1000

/** The first forty writes of a run go without a pause, later ones one a second (reference: promote.md §10). */
export function createPace({ now, sleep }: Clock): Turn {
  let writes = 0
  let last = Number.NEGATIVE_INFINITY
  return async () => {
    writes += 1
    const wait = writes > FREE_WRITES ? last + PAUSE - now() : 0
    if (wait > 0) await sleep(wait)
    last = now()
  }
}
