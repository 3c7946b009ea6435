import { refsMoved } from '../model/lifecycle.ts'
import { authorOf, WEB_FLOW } from '../model/people.ts'
import type { World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { diffFiles } from '../store/diff.ts'
import { commitsBetween, history, isAncestor, mergeBase, mergeTrees } from '../store/history.ts'
import { type Commit, readCommit, writeCommit } from '../store/objects.ts'
import { moveRefs } from '../store/refs.ts'
import { commitView, fileView } from './commit-view.ts'
import { commitOf, findCommit } from './find.ts'
import { page } from './page.ts'
import { simplePullView } from './pull-view.ts'
import { type Call, created, noContent, ok, type Routes } from './route.ts'
import { api, html } from './urls.ts'

export const commitRoutes: Routes = {
  'repos/list-commits': { accepts: 'contents=read', answer: list },
  'repos/get-commit': { accepts: 'contents=read', answer: get },
  'repos/compare-commits-with-basehead': { accepts: 'contents=read', answer: compare },
  'repos/list-pull-requests-associated-with-commit': { accepts: 'pull_requests=read', answer: pullsOf },
  'repos/merge': { accepts: 'contents=write', answer: merge },
}

/** Commits from ids, in their order. */
export async function readAll(world: World, oids: readonly string[]): Promise<Commit[]> {
  const commits = await Promise.all(oids.map((oid) => readCommit(world.reader, oid)))
  return commits.filter((commit) => commit !== undefined)
}

async function list(call: Call) {
  const { world, query } = call
  const start = await findCommit(world, query.get('sha') ?? undefined)
  if (!start) throw notFound()
  const more = ['author', 'committer', 'since', 'until'].flatMap((name) => {
    const value = query.get(name)
    return value ? [`--${name}=${value}`] : []
  })
  const oids = await history(world.git, start.oid, { path: query.get('path') ?? undefined, more })
  const answer = page(call, oids)
  const commits = await readAll(world, answer.body as string[])
  return { ...answer, body: commits.map((commit) => commitView(world, commit)) }
}

async function get({ world, path }: Call) {
  const commit = await commitOf(world, path.ref as string)
  return ok(commitView(world, commit, await diffFiles(world.git, commit.parents[0], commit.oid)))
}

async function compare(call: Call) {
  const { world, path } = call
  const [from = '', to = ''] = (path.basehead as string).split('...')
  const base = await findCommit(world, from)
  const head = await findCommit(world, to)
  const common = base && head && (await mergeBase(world.git, base.oid, head.oid))
  const fork = common && (await readCommit(world.reader, common))
  if (!base || !head || !fork) throw notFound()
  const ahead = await commitsBetween(world.git, base.oid, head.oid)
  const behind = await commitsBetween(world.git, head.oid, base.oid)
  const shown = page(call, ahead.toReversed())
  const files = await diffFiles(world.git, fork.oid, head.oid)
  const url = html(world, `/compare/${from}...${to}`)
  const commits = await readAll(world, shown.body as string[])
  const body = {
    url: api(world, `/compare/${from}...${to}`),
    html_url: url,
    permalink_url: html(world, `/compare/${base.oid}...${head.oid}`),
    diff_url: `${url}.diff`,
    patch_url: `${url}.patch`,
    base_commit: commitView(world, base),
    merge_base_commit: commitView(world, fork),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits.map((commit) => commitView(world, commit)),
    files: files.map((file) => fileView(world, head.oid, file)),
  }
  return { ...shown, body }
}

function statusOf(ahead: number, behind: number): 'ahead' | 'behind' | 'diverged' | 'identical' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}

async function pullsOf(call: Call) {
  const { world, path } = call
  const commit = await findCommit(world, path.commit_sha)
  if (!commit) throw notFound()
  const found = []
  for (const pull of world.pulls.values()) {
    const inHead =
      pull.state === 'open' &&
      (await isAncestor(world.git, commit.oid, pull.headOid)) &&
      !(await isAncestor(world.git, commit.oid, pull.baseOid))
    if (inHead || pull.merged?.oid === commit.oid || pull.headOid === commit.oid) found.push(pull)
  }
  return page(
    call,
    found.map((pull) => simplePullView(world, pull)),
  )
}

async function merge({ world, token, body }: Call) {
  const name = `refs/heads/${body.base}`
  const base = await readCommit(world.reader, name)
  const head = await findCommit(world, body.head as string)
  if (!base) throw new Problem(404, 'Base does not exist')
  if (!head) throw new Problem(404, 'Head does not exist')
  if (await isAncestor(world.git, head.oid, base.oid)) return noContent
  const merged = await mergeTrees(world.git, base.oid, head.oid)
  if (merged === 'conflict') throw new Problem(409, 'Merge conflict')
  const date = world.now().toISOString()
  const after = await writeCommit(world.git, {
    tree: merged.tree,
    parents: [base.oid, head.oid],
    message: (body.commit_message as string | undefined) ?? `Merge ${body.head} into ${body.base}`,
    author: { ...authorOf(token.account), date },
    committer: { ...WEB_FLOW, date },
    signed: true,
  })
  const change = { name, before: base.oid, after }
  if ((await moveRefs(world.git, [change])).failed) throw new Problem(409, 'Base was modified')
  await refsMoved(world, token, [change])
  const commit = await readCommit(world.reader, after)
  return created(commit && commitView(world, commit, await diffFiles(world.git, base.oid, after)))
}
