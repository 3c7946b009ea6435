import { readFileSync } from 'node:fs'
import { isRecord } from '../kubernetes/resource.ts'

/** What an action needs to know of the event that started it. */
export interface ActionEvent {
  name: string
  pullRequest?: { number: number; baseSha: string; headSha: string; baseRef: string; fromFork: boolean }
}

/**
 * Reads the event. A missing or malformed event file is no reason to fail: it is then an event without a pull request
 * (platform.md §6.4; @actions/github would throw at its import).
 */
export function readEvent(environment: Readonly<Record<string, string | undefined>>): ActionEvent {
  const name = environment.GITHUB_EVENT_NAME ?? ''
  const payload = readPayload(environment.GITHUB_EVENT_PATH)
  const pullRequest = isRecord(payload) && isRecord(payload.pull_request) ? payload.pull_request : undefined
  const base = pullRequest && isRecord(pullRequest.base) ? pullRequest.base : undefined
  const head = pullRequest && isRecord(pullRequest.head) ? pullRequest.head : undefined
  if (!pullRequest || !base || !head) return { name }
  return {
    name,
    pullRequest: {
      number: Number(pullRequest.number),
      baseSha: String(base.sha ?? ''),
      headSha: String(head.sha ?? ''),
      baseRef: String(base.ref ?? ''),
      fromFork: repositoryOf(head) !== repositoryOf(base),
    },
  }
}

function readPayload(path: string | undefined): unknown {
  if (!path) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

function repositoryOf(side: Readonly<Record<string, unknown>>): unknown {
  return isRecord(side.repo) ? side.repo.full_name : undefined
}
