import { parseReference, type Reference } from '../../src/image/reference.ts'
import { type Credentials, readCredentials } from '../../src/image/registry/credentials.ts'
import { createHttp, type HttpOptions } from '../../src/image/registry/http.ts'
import { createRegistry } from '../../src/image/registry/registry.ts'

export const NOW = Date.parse('2026-03-01T12:00:00Z')

/** The client as a run has it, whose sleep takes no time; `waits` and `notes` are what it waited and told. */
export function client({
  credentials = () => undefined,
  ...options
}: HttpOptions & { credentials?: Credentials } = {}) {
  const waits: number[] = []
  const notes: string[] = []
  const registry = createRegistry({
    http: createHttp(options),
    credentials,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    note: (message) => void notes.push(message),
    now: () => NOW,
  })
  return { ...registry, head: (image: string) => registry.head(referenceOf(image)), registry, waits, notes }
}

export function referenceOf(image: string): Reference {
  const parsed = parseReference(image)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.reference
}

/** The login of a Docker configuration with one entry. */
export function login(host: string, entry: Record<string, string>): Credentials {
  return readCredentials(JSON.stringify({ auths: { [host]: entry } })).credentials
}
