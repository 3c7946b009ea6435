import type { Reference } from '../reference.ts'
import type { Credentials } from './credentials.ts'
import { createExchange } from './exchange.ts'
import type { Http } from './http.ts'
import { type Existence, existenceIn, MANIFEST_TYPES } from './manifest.ts'
import { createPatience } from './patience.ts'
import { manifestName, type Place, placeOf } from './place.ts'
import { createSession } from './session.ts'
import { listTags, type TagList } from './tags.ts'
import { Unanswered } from './unanswered.ts'

export interface RegistryOptions {
  http: Http
  credentials: Credentials
  sleep(milliseconds: number): Promise<void>
  /** Told where a run waits. */
  note(message: string): void
  /** Milliseconds since 1970. */
  now(): number
}

/** The registries of a run: each question is asked once, whoever asks. Never rejects for what a server does. */
export interface Registry {
  /** Whether a tag or digest exists, and its digest. Where both are given, the digest is asked for. */
  head(reference: Reference): Promise<Existence>
  /** All tags of a repository. */
  tags(repository: Pick<Reference, 'registry' | 'repository'>): Promise<TagList>
}

/** A client of the OCI distribution specification that reads and never writes. */
export function createRegistry({ http, credentials, ...patience }: RegistryOptions): Registry {
  const session = createSession(createExchange(http, createPatience(patience)), credentials)
  const heads = new Map<string, Promise<Existence>>()
  const lists = new Map<string, Promise<TagList>>()

  async function manifest(place: Place, name: string): Promise<Existence> {
    const url = new URL(`/v2/${place.repository}/manifests/${name}`, place.api)
    const answer = await session(place, { method: 'HEAD', url, headers: { accept: MANIFEST_TYPES.join(', ') } })
    return existenceIn(answer, name)
  }

  return {
    head: (reference) =>
      orUnknown(async () => {
        const [place, name] = [placeOf(reference), manifestName(reference)]
        return once(heads, `${keyOf(place)} ${name}`, () => manifest(place, name))
      }),
    tags: (repository) =>
      orUnknown(async () => {
        const place = placeOf(repository)
        return once(lists, keyOf(place), () => listTags(session, place))
      }),
  }
}

function keyOf({ registry, repository }: Place): string {
  return `${registry}/${repository}`
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask()
  known.set(key, asked)
  return asked
}

async function orUnknown<T>(ask: () => Promise<T>): Promise<T | { is: 'unknown'; reason: string }> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    return { is: 'unknown', reason: error.message }
  }
}
