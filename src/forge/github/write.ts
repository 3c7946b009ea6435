import { Refusal } from '../../report/failure.ts'
import type { Git } from '../../repository/git.ts'
import { type BranchChange, Declined, Unsure } from '../forge.ts'
import type { Client, RestAnswer } from './client.ts'
import { OPERATIONS, type Operation } from './operation.ts'
import { treeEntries } from './tree-entries.ts'

export interface WritePorts {
  client: Client
  git: Git
  note(message: string): void
}

/**
 * Tree, commit and ref. Without author and committer GitHub takes the token's account and signs for it (reference:
 * promote.md §7). The branch moves from its old head to the new commit at once: one that stands on the base, be it for a
 * moment, makes GitHub close its pull request for good.
 */
export async function writeBranch(change: BranchChange, repositoryId: string, ports: WritePorts): Promise<string> {
  const { client, git, note } = ports
  const { base, branch, before, message } = change
  const tree = await git(['rev-parse', '--verify', '--end-of-options', `${base.commit}^{tree}`])
  const entries = await treeEntries(git, change, (bytes) => create(client, '/git/blobs', base64(bytes)))
  const written = { base_tree: tree.toString('utf8').trim(), tree: entries }
  const sha = await create(client, '/git/trees', written)
  const commit = await post(client, '/git/commits', { message, tree: sha, parents: [base.commit] })
  const oid = shaOf(commit)
  note(signatureNote(oid, commit.body))
  await moveRef(client, repositoryId, { branch, before, after: oid })
  return oid
}

export async function removeBranch(client: Client, repositoryId: string, branch: string, before: string) {
  await moveRef(client, repositoryId, { branch, before, after: undefined })
}

const base64 = (bytes: Uint8Array) => ({ content: Buffer.from(bytes).toString('base64'), encoding: 'base64' })

const create = async (client: Client, path: string, body: object) => shaOf(await post(client, path, body))

async function post(client: Client, path: string, body: object): Promise<RestAnswer> {
  const operation = OPERATIONS.commit
  const answer = await client.rest({ operation, method: 'POST', path, body })
  if (answer.status === 201) return answer
  // Both know the base only until it moves and is collected.
  if (answer.status === 404 || answer.status === 409) throw new Unsure(said(operation, answer.words))
  throw new Declined(`${said(operation, answer.words)}.`)
}

function shaOf({ body }: RestAnswer): string {
  const { sha } = (body ?? {}) as { sha?: unknown }
  if (typeof sha === 'string') return sha
  throw new Refusal('GitHub answered the writing of a commit without its id; run again.')
}

function signatureNote(oid: string, body: unknown): string {
  const { verification } = (body ?? {}) as { verification?: { verified?: unknown; reason?: unknown } }
  const short = oid.slice(0, 7)
  if (verification?.verified === true) return `Commit ${short} is signed by GitHub.`
  return `Commit ${short} is not signed (${verification?.reason ?? 'GitHub does not say why'}); GITHUB_TOKEN and the tokens of GitHub Apps sign.`
}

const ZERO = '0'.repeat(40)

const UPDATE_REFS = `mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`

/** Rulesets and protections; everything else that GitHub says means that the ref is not where it was read. */
const RULES =
  /rule violations|ruleset|protected|signatures|cannot (?:be )?delete|not authorized|refusing to allow|commit message/i

interface Move {
  branch: string
  /** `undefined`: it must not exist. */
  before: string | undefined
  /** `undefined`: delete. */
  after: string | undefined
}

/** A compare-and-swap: `beforeOid` is compared even with `force`, and all zeros stand for no branch. */
async function moveRef(client: Client, repositoryId: string, { branch, before, after }: Move): Promise<void> {
  const operation = OPERATIONS.moveBranch
  const update = { name: `refs/heads/${branch}`, beforeOid: before ?? ZERO, afterOid: after ?? ZERO, force: true }
  const variables = { input: { repositoryId, refUpdates: [update] } }
  const { refused } = await client.mutate({ operation, text: UPDATE_REFS, variables })
  if (!refused) return
  if (RULES.test(refused.message)) throw new Declined(`${said(operation, refused.message)}.`)
  throw new Unsure(`the branch ${branch} is not as it was read (${refused.message})`)
}

const said = ({ doing }: Operation, words: string) => `GitHub refused ${doing}: ${words}`
