import type { HttpResponse } from './http.ts'
import { retryAfter } from './retry-after.ts'

export interface PatienceOptions {
  sleep(milliseconds: number): Promise<void>
  note(message: string): void
  /** Milliseconds since 1970. */
  now(): number
}

/** Asks a host, and once more where it answered that it is asked too often. */
export type Patience = (host: string, ask: () => Promise<HttpResponse>) => Promise<HttpResponse>

/** Waits once for each host in a run, with all that is asked of it; a host that is busy after that is let alone. */
export function createPatience({ sleep, note, now }: PatienceOptions): Patience {
  const waits = new Map<string, Promise<void>>()
  const spent = new Map<string, HttpResponse>()

  return async function patiently(host, ask) {
    const waited = waits.get(host)
    await waited
    const busy = spent.get(host)
    if (busy) return busy
    const answer = await ask()
    if (answer.status !== 429) return answer
    if (waited) return remember(host, answer)
    await wait(host, answer)
    const second = await ask()
    return second.status === 429 ? remember(host, second) : second
  }

  function wait(host: string, { headers }: HttpResponse): Promise<void> {
    const underWay = waits.get(host)
    if (underWay) return underWay
    const milliseconds = retryAfter(headers['retry-after'], now())
    note(`${host} is asked too often (429): waiting ${Math.ceil(milliseconds / 1000)} s, then asking once more.`)
    const pause = sleep(milliseconds)
    waits.set(host, pause)
    return pause
  }

  function remember(host: string, answer: HttpResponse): HttpResponse {
    spent.set(host, answer)
    return answer
  }
}
