import { type MergeOutcome, type MergeRequest, Unsure } from '../forge.ts'
import type { Client, RestAnswer } from './client.ts'
import type { Known, KnownPull } from './known.ts'
import { OPERATIONS } from './operation.ts'

const operation = OPERATIONS.merge

const ENABLE = `mutation ($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`
const DISABLE = `mutation ($input: DisablePullRequestAutoMergeInput!) {
  disablePullRequestAutoMerge(input: $input) { clientMutationId }
}`
const ENQUEUE = 'mutation ($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { clientMutationId } }'
const DEQUEUE = 'mutation ($input: DequeuePullRequestInput!) { dequeuePullRequest(input: $input) { clientMutationId } }'

/** @throws Unsure where the head is not the one that was meant. */
export async function mergePullRequest(request: MergeRequest, known: Known, client: Client): Promise<MergeOutcome> {
  const pull = known.pulls.get(request.number)
  if (!pull) throw new Unsure(`#${request.number} was not read as open`)
  return request.mode === 'queue' ? enqueue(request, pull, client) : merge(request, pull, known, client)
}

/**
 * Auto-merge first, whatever was read: it may have changed since. GitHub refuses it where there is nothing to wait for (and
 * where the repository does not allow it), and then a merge is tried.
 */
async function merge(request: MergeRequest, pull: KnownPull, known: Known, client: Client): Promise<MergeOutcome> {
  const { head: expectedHeadOid } = request
  const input = { pullRequestId: pull.id, expectedHeadOid, mergeMethod: known.mergeMethod }
  const { refused } = await client.mutate({ operation, text: ENABLE, variables: { input } })
  if (!refused) return { is: 'waiting' }
  refuseMovedHead(refused.message, request)
  const merged = await mergeNow(request, known, client)
  if (merged.is !== 'refused' || merged.reason === refused.message) return merged
  return { is: 'refused', reason: `${merged.reason}; auto-merge: ${refused.message}` }
}

async function mergeNow({ number, head: sha }: MergeRequest, known: Known, client: Client): Promise<MergeOutcome> {
  const body = { sha, merge_method: known.mergeMethod.toLowerCase() }
  const answer = await client
    .rest({ operation, method: 'PUT', path: `/pulls/${number}/merge`, body })
    .catch((error: unknown) => lookUp(number, client, error))
  if (answer.status === 200) return { is: 'merged', commit: String((answer.body as { sha?: unknown } | null)?.sha) }
  if (answer.status === 409 || /Base branch was modified/i.test(answer.words)) throw new Unsure(answer.words)
  return { is: 'refused', reason: answer.words }
}

/** Where nobody knows whether it was merged: what it was merged to, as an answer to the merge would tell. */
async function lookUp(number: number, client: Client, error: unknown): Promise<RestAnswer> {
  if (!(error instanceof Unsure)) throw error
  const { status, body } = await client.rest({ operation, method: 'GET', path: `/pulls/${number}` })
  const { merged, merge_commit_sha: sha } = (body ?? {}) as { merged?: unknown; merge_commit_sha?: unknown }
  if (status !== 200 || merged !== true) throw error
  return { status, body: { sha }, words: '' }
}

async function enqueue(request: MergeRequest, pull: KnownPull, client: Client): Promise<MergeOutcome> {
  const input = { pullRequestId: pull.id, expectedHeadOid: request.head }
  const { refused } = await client.mutate({ operation, text: ENQUEUE, variables: { input } })
  if (!refused || /already in the queue/i.test(refused.message)) return { is: 'waiting' }
  refuseMovedHead(refused.message, request)
  return { is: 'refused', reason: refused.message }
}

function refuseMovedHead(words: string, { number }: MergeRequest): void {
  if (/out of date|expected head|head sha/i.test(words)) throw new Unsure(`#${number} has another head (${words})`)
}

/** @throws Unsure where it has just been merged, or somebody was faster. */
export async function stopMerging(pull: KnownPull | undefined, client: Client): Promise<void> {
  if (!pull?.by) return
  const queued = pull.by === 'queue'
  const text = queued ? DEQUEUE : DISABLE
  const variables = { input: queued ? { id: pull.id } : { pullRequestId: pull.id } }
  const { refused } = await client.mutate({ operation, text, variables })
  if (refused) throw new Unsure(`what merges it by itself could not be stopped (${refused.message})`)
}
