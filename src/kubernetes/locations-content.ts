import type { HttpGet } from './http.ts'

/** What stands at a place: a file's or URL's parsed JSON, nothing, or something that cannot be used. */
export type Content = { is: 'json'; value: unknown } | { is: 'absent' } | { is: 'unusable'; fault: string }

export interface ContentPorts {
  /** A file's bytes by its path, relative to the working directory; `undefined` where there is none. */
  readFile(path: string): Promise<Uint8Array | undefined>
  get: HttpGet
}

/** Of one file or answer; the largest of public catalogs has 2 MB. */
export const MOST_SCHEMA_BYTES = 16 * 1024 * 1024
/** A host that failed so often in a row is not asked again: each failure costs its timeouts and retries. */
const MOST_FAILURES = 3
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads places, each once in a run however many ask for it. Nothing is kept beyond the run. */
export function createContents({ readFile, get }: ContentPorts): (place: string) => Promise<Content> {
  const contents = new Map<string, Promise<Content>>()
  const failures = new Map<string, { count: number; fault: string }>()

  function contentOf(place: string): Promise<Content> {
    const found = contents.get(place) ?? (isUrl(place) ? fetched(place) : read(place))
    contents.set(place, found)
    return found
  }

  async function read(path: string): Promise<Content> {
    try {
      const bytes = await readFile(path)
      return bytes === undefined ? { is: 'absent' } : parsed(bytes)
    } catch (error) {
      return { is: 'unusable', fault: `cannot be read: ${reason(error)}` }
    }
  }

  async function fetched(url: string): Promise<Content> {
    const { origin } = new URL(url)
    const before = failures.get(origin)
    if (before && before.count >= MOST_FAILURES) return { is: 'unusable', fault: before.fault }
    const content = await ask(url)
    if (content.is === 'unusable' && content.busy) {
      failures.set(origin, { count: (failures.get(origin)?.count ?? 0) + 1, fault: content.fault })
    } else failures.delete(origin)
    return content
  }

  async function ask(url: string): Promise<Content & { busy?: boolean }> {
    try {
      const { status, body } = await get(url)
      if (status === 200) return parsed(body)
      if (status === 404 || status === 410) return { is: 'absent' }
      return { is: 'unusable', fault: `cannot be fetched: the server answers ${status}`, busy: true }
    } catch (error) {
      return { is: 'unusable', fault: `cannot be fetched: ${reason(error)}`, busy: true }
    }
  }

  return contentOf
}

export function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place)
}

function parsed(bytes: Uint8Array): Content {
  if (bytes.length > MOST_SCHEMA_BYTES)
    return { is: 'unusable', fault: `exceeds the limit schema-bytes (${MOST_SCHEMA_BYTES})` }
  try {
    return { is: 'json', value: JSON.parse(utf8.decode(bytes)) }
  } catch {
    return { is: 'unusable', fault: 'is no JSON' }
  }
}

/** Node's own messages repeat paths and addresses; the code says what happened. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'of an unknown error'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
