import { mergeWhatWaited } from './model/auto-merge.ts'
import { addLabels, removeLabels } from './model/labelling.ts'
import { closePull, refsMoved, reopenPull, whyNotReopened } from './model/lifecycle.ts'
import { mergePull } from './model/merge.ts'
import { authorOf, type Token } from './model/people.ts'
import type { MergeMethod, Pull } from './model/pull.ts'
import type { Status } from './model/records.ts'
import { findLabel, timestamp, type World } from './model/world.ts'
import { addComment } from './rest/comments.ts'
import type { Server } from './server/server.ts'
import { readCommit, writeBlob, writeCommit } from './store/objects.ts'
import { moveRefs } from './store/refs.ts'
import { writeTree } from './store/tree.ts'

export interface Push {
  branch?: string
  /** Path → text, or null to remove it. */
  files: Readonly<Record<string, string | null>>
  message?: string
  /** When the commit says it was made. */
  at?: Date
}

/** What somebody does in the browser or from a clone, between the calls of the program under test. */
export interface Person {
  /** One commit on top of a branch, which is made from the default branch when it does not exist. Returns its id. */
  push(push: Push): Promise<string>
  deleteBranch(name: string): Promise<void>
  close(number: number): Promise<void>
  reopen(number: number): Promise<void>
  /** Merges whatever rules say. Returns the id of the commit on the base branch. */
  merge(number: number, method?: MergeMethod): Promise<string>
  approve(number: number): Promise<void>
  label(number: number, name: string): Promise<void>
  unlabel(number: number, name: string): Promise<void>
  comment(number: number, body: string): Promise<void>
  /** Reports a commit status. */
  status(oid: string, context: string, state: Status['state']): Promise<void>
}

export function personOf(server: Server, token: Token): Person {
  const { world } = server
  const act = <T>(action: () => Promise<T> | T): Promise<T> =>
    server.exclusively(async () => {
      const result = await action()
      await mergeWhatWaited(world, token)
      return result
    })
  const onPull = <T>(number: number, action: (pull: Pull) => Promise<T> | T): Promise<T> =>
    act(() => action(pullByNumber(world, number)))
  return {
    push: (push) => act(() => commitOnTop(world, token, push)),
    deleteBranch: (name) => act(() => deleteBranch(world, token, name)),
    close: (number) => onPull(number, (pull) => closePull(world, token, pull)),
    reopen: (number) => onPull(number, (pull) => reopen(world, token, pull)),
    merge: (number, method = 'merge') => onPull(number, (pull) => mergePull(world, token, pull, { method })),
    approve: (number) =>
      onPull(number, (pull) => {
        pull.approvals += 1
      }),
    label: (number, name) => onPull(number, (pull) => addLabels(world, token.account, pull, [name])),
    unlabel: (number, name) =>
      onPull(number, (pull) => {
        const label = findLabel(world, name)
        if (label) removeLabels(world, token.account, pull, [label])
      }),
    comment: (number, body) =>
      onPull(number, (pull) => {
        addComment(world, token, pull, body)
      }),
    status: (oid, context, state) =>
      act(() => {
        const at = timestamp(world)
        const creator = token.account
        world.statuses.push({
          id: world.nextId(),
          oid,
          context,
          state,
          description: null,
          targetUrl: null,
          creator,
          at,
        })
      }),
  }
}

function pullByNumber(world: World, number: number): Pull {
  const pull = world.pulls.get(number)
  if (!pull) throw new Error(`there is no pull request ${number}`)
  return pull
}

async function commitOnTop(world: World, token: Token, { branch, files, message, at }: Push): Promise<string> {
  const name = `refs/heads/${branch ?? world.defaultBranch}`
  const own = await readCommit(world.reader, name)
  const tip = own ?? (await readCommit(world.reader, `refs/heads/${world.defaultBranch}`))
  const changes = await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      return { path, mode: '100644', oid: text === null ? null : await writeBlob(world.git, text) }
    }),
  )
  const identity = { ...authorOf(token.account), date: (at ?? world.now()).toISOString() }
  const oid = await writeCommit(world.git, {
    tree: await writeTree(world.git, tip?.tree, changes),
    parents: tip ? [tip.oid] : [],
    message: message ?? `Change ${Object.keys(files).join(', ')}`,
    author: identity,
    committer: identity,
  })
  await move(world, token, { name, before: own?.oid, after: oid })
  return oid
}

async function deleteBranch(world: World, token: Token, branch: string): Promise<void> {
  const name = `refs/heads/${branch}`
  const before = (await readCommit(world.reader, name))?.oid
  if (!before) throw new Error(`there is no branch ${branch}`)
  await move(world, token, { name, before, after: undefined })
}

async function move(
  world: World,
  token: Token,
  change: { name: string; before?: string; after?: string },
): Promise<void> {
  const { failed } = await moveRefs(world.git, [change])
  if (failed) throw new Error(failed)
  await refsMoved(world, token, [change])
}

async function reopen(world: World, token: Token, pull: Pull): Promise<void> {
  const refusal = await whyNotReopened(world, pull)
  if (refusal) throw new Error(refusal)
  await reopenPull(world, token, pull)
}
