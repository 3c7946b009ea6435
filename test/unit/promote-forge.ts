import { createHash } from 'node:crypto'
import { type Branch, type Forge, type ForgeState, type OpenPullRequest, Unsure } from '../../src/forge/forge.ts'
import type { Files } from './promote-world.ts'

/** A forge in memory, with what people do to it: enough for deciding, none of GitHub's own rules. */
export interface MemoryForge extends Forge {
  readonly writes: string[]
  readonly branches: Map<string, Branch>
  readonly pulls: Map<string, MemoryPull[]>
  /** The base's files, which a merge changes. */
  files: Files
  merge(number: number): void
  /** A person's commit on a branch. */
  tamper(branch: string): void
  closeAs(number: number, who: 'person' | 'us'): void
}

interface MemoryPull extends OpenPullRequest {
  state: 'open' | 'closed' | 'merged'
  byPerson: boolean
  branch: string
}

export function memoryForge(files: Files): MemoryForge {
  const written = new Map<string, readonly { path: string; after: Uint8Array }[]>()
  const branches = new Map<string, Branch>()
  const pulls = new Map<string, MemoryPull[]>()
  const writes: string[] = []
  let commits = 0
  const all = () => [...pulls.values()].flat()
  const numbered = (number: number) => all().find((pull) => pull.number === number) as MemoryPull
  const tip = () => ({ branch: 'main', commit: createHash('sha1').update(JSON.stringify(forge.files)).digest('hex') })
  const expect = (branch: string, before: string | undefined) => {
    if (branches.get(branch)?.head !== before) throw new Unsure(`${branch} moved`)
  }
  const forge: MemoryForge = {
    kind: 'github',
    files,
    ...{ writes, branches, pulls },
    readBase: async () => tip(),
    read: async () => ({ base: tip(), branches: new Map(branches), pullRequests: byBranch(pulls), answers: new Map() }),
    async write({ branch, before, base, files, message }) {
      expect(branch, before)
      const head = `head${++commits}`
      written.set(head, files)
      branches.set(branch, { name: branch, head, own: ownCommit(base.commit, files, message) })
      for (const pull of all()) if (pull.branch === branch && pull.state === 'open') pull.head = head
      writes.push(`write ${branch}`)
      return head
    },
    async remove(branch, before) {
      expect(branch, before)
      branches.delete(branch)
      writes.push(`remove ${branch}`)
    },
    pullRequests: {
      async open({ branch, title, body, draft }) {
        const number = all().length + 1
        const head = branches.get(branch)?.head ?? ''
        const pull: MemoryPull = {
          ...{ number, url: `http://forge/${number}`, title, body, head, draft, branch },
          ...{ labels: [], ours: true, merging: false, mergeState: 'CLEAN', state: 'open', byPerson: false },
        }
        pulls.set(branch, [...(pulls.get(branch) ?? []), pull])
        writes.push(`open ${branch}`)
        return { number, url: pull.url, adopted: false }
      },
      async update(number, change) {
        Object.assign(numbered(number), change)
        writes.push(`update #${number}`)
      },
      async decorate(number, { labels, body }) {
        Object.assign(numbered(number), { labels, ...(body !== undefined && { body }) })
        writes.push(`decorate #${number}`)
        return { refused: [] }
      },
      async close(number, comment) {
        numbered(number).state = 'closed'
        writes.push(`close #${number}: ${comment}`)
      },
      async merge({ number }) {
        forge.merge(number)
        writes.push(`merge #${number}`)
        return { is: 'merged', commit: tip().commit }
      },
      async stopMerging(number) {
        numbered(number).merging = false
        writes.push(`stop merging #${number}`)
      },
    },
    merge(number) {
      const pull = numbered(number)
      const changed = written.get(pull.head) ?? []
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
      forge.files = { ...forge.files, ...Object.fromEntries(changed.map(({ path, after }) => [path, text(after)])) }
      pull.state = 'merged'
    },
    tamper(name) {
      branches.set(name, { name, head: `foreign${++commits}`, own: undefined })
    },
    closeAs(number, who) {
      Object.assign(numbered(number), { state: 'closed', byPerson: who === 'person' })
    },
  }
  return forge
}

function byBranch(pulls: ReadonlyMap<string, MemoryPull[]>): ForgeState['pullRequests'] {
  return new Map(
    [...pulls].map(([branch, list]) => {
      const open = list.findLast(({ state }) => state === 'open')
      const closed = list.findLast(({ state }) => state !== 'open')
      return [
        branch,
        { ...(open && { open }), ...(closed && { closed: { ...closed, merged: closed.state === 'merged' } }) },
      ]
    }),
  )
}

function ownCommit(
  parent: string,
  files: readonly { path: string; after: Uint8Array }[],
  message: string,
): NonNullable<Branch['own']> {
  const id = (bytes: Uint8Array) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const trailers = new Map<string, string[]>()
  for (const [, key = '', value = ''] of message.matchAll(/^(Gitops-\w+): (.*)$/gm)) {
    trailers.set(key, [...(trailers.get(key) ?? []), value])
  }
  return { parent, trailers, changed: new Map(files.map(({ path, after }) => [path, id(after)])) }
}
