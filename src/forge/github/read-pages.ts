import { Refusal } from '../../report/failure.ts'
import type { Client } from './client.ts'
import type { GraphqlError } from './graphql.ts'
import { OPERATIONS } from './operation.ts'
import { type ClosedNode, newestClosed, newestOpen, type OpenNode } from './pull-nodes.ts'
import { type Ask, buildQuery, type CommitPage, type PullPage, type Reports } from './read-query.ts'
import { notFound, refusalOf, unreachable } from './refusal.ts'
import { type CommitNode, type PageInfo, type Report, reportsOf } from './reports.ts'

export interface ReadRequest {
  /** The base branch. */
  base: string
  branches: readonly string[]
  commits: readonly string[]
  reports: Reports
  milestone?: string | number
}

/** What was read, all pages together. */
export interface Reading {
  about: AboutNode
  viewer: ViewerNode
  /** By full name. */
  refs: Map<string, string>
  open: Map<string, OpenNode>
  closed: Map<string, ClosedNode>
  reports: Map<string, Report[]>
}

type Pages = Omit<Reading, 'about' | 'viewer'>

export interface AboutNode {
  id: string
  mergeCommitAllowed: boolean
  squashMergeAllowed: boolean
  rebaseMergeAllowed: boolean
  viewerDefaultMergeMethod: string
  base: { target: { oid: string } | null } | null
  milestone?: MilestoneNode | null
  milestones?: { nodes: readonly MilestoneNode[] | null } | null
}

/** Whoever the token is of; a bot's login ends in `[bot]` here. */
export interface ViewerNode {
  login: string
  databaseId: number | null
}

export interface MilestoneNode {
  number: number
  title: string
  state: string
}

interface RefNode {
  name: string
  prefix: string
  target: { oid: string } | null
  open: { nodes: readonly OpenNode[] | null }
  closed: { nodes: readonly ClosedNode[] | null }
}

interface Page<Node> {
  nodes: readonly Node[] | null
  pageInfo: PageInfo
}

type RepositoryNode = Partial<AboutNode> & { refs?: Page<RefNode> | null } & Record<string, unknown>

/** GitHub counts 500,000 nodes a query at most, and ends one after ten seconds. */
const PULL_PAGES = 150
const COMMIT_PAGES = 50
const MOST_QUERIES = 500

/** One query, and further ones only for what has more than a page. */
export async function readPages(client: Client, request: ReadRequest): Promise<Reading> {
  const { base, branches, commits, reports } = request
  // An open one has its branch, and comes with it: deleting the branch closes it.
  const pulls = branches.map((branch): PullPage => ({ branch, after: null }))
  const pages = commits.map((commit): CommitPage => ({ commit, after: null }))
  const reading: Pages = { refs: new Map(), open: new Map(), closed: new Map(), reports: new Map() }
  let about: Ask['about'] = request.milestone === undefined ? {} : { milestone: request.milestone }
  let known: Pick<Reading, 'about' | 'viewer'> | undefined
  let refs: Ask['refs'] = { after: null }
  for (let queries = 0; queries < MOST_QUERIES; queries++) {
    const ask: Ask = {
      about,
      refs,
      pulls: pulls.splice(0, PULL_PAGES),
      commits: pages.splice(0, COMMIT_PAGES),
      reports,
    }
    const { repository, viewer } = await run(client, base, ask)
    known ??= { about: repository as AboutNode, viewer }
    refs = ask.refs && takeRefs(repository, reading)
    pulls.push(...takePulls(repository, ask, reading))
    pages.push(...takeCommits(repository, ask, reading))
    about = undefined
    if (!refs && pulls.length === 0 && pages.length === 0) return { ...reading, ...known }
  }
  throw new Refusal(`GitHub has more pages of branches and pull requests in ${client.place.repository} than are read.`)
}

async function run(
  client: Client,
  base: string,
  ask: Ask,
): Promise<{ repository: RepositoryNode; viewer: ViewerNode }> {
  const { text, variables } = buildQuery({ owner: client.place.owner, name: client.place.name }, base, ask)
  const operation = OPERATIONS.read
  const { data, errors } = await client.query({ operation, text, variables })
  const [error] = errors.filter((each) => !isMissingMilestone(each))
  if (error) throw failureOf(error, client)
  const { repository, viewer } = data as { repository: RepositoryNode | null; viewer: ViewerNode }
  if (!repository) throw notFound(operation, client.place)
  return { repository, viewer }
}

const isMissingMilestone = ({ type, path }: GraphqlError) => type === 'NOT_FOUND' && path[1] === 'milestone'

/** The path of an error says by its alias which permission is missing. */
function failureOf({ type, message, path }: GraphqlError, { place }: Client): Refusal {
  const operation = /^c\d+$/.test(String(path[1])) ? OPERATIONS.signals : OPERATIONS.read
  if (type === 'NOT_FOUND') return notFound(operation, place)
  return refusalOf(403, message, operation, place) ?? unreachable(message, operation, place)
}

const OURS = /^refs\/heads\/gitops\/(?:promote|rollback|update)\//

function takeRefs({ refs }: RepositoryNode, reading: Pages): Ask['refs'] {
  for (const { prefix, name, target, open, closed } of refs?.nodes ?? []) {
    const ref = `${prefix}${name}`
    if (!target || !OURS.test(ref)) continue
    const branch = ref.slice('refs/heads/'.length)
    reading.refs.set(branch, target.oid)
    keepNewest(reading.open, branch, newestOpen(open.nodes))
    keepNewest(reading.closed, branch, newestClosed(closed.nodes))
  }
  return refs?.pageInfo.hasNextPage ? { after: refs.pageInfo.endCursor } : undefined
}

/** Another page only where nothing but forks' was on this one. */
function takePulls(repository: RepositoryNode, { pulls }: Ask, reading: Pages): PullPage[] {
  return pulls.flatMap((page, at) => {
    const { nodes, pageInfo } = repository[`p${at}`] as Page<ClosedNode>
    keepNewest(reading.closed, page.branch, newestClosed(nodes))
    return !reading.closed.has(page.branch) && pageInfo.hasNextPage ? [{ ...page, after: pageInfo.endCursor }] : []
  })
}

/** A branch that exists comes twice. */
function keepNewest<Node extends { number: number }>(
  kept: Map<string, Node>,
  branch: string,
  node: Node | undefined,
): void {
  const known = kept.get(branch)
  if (node && (!known || node.number > known.number)) kept.set(branch, node)
}

function takeCommits(repository: RepositoryNode, { commits }: Ask, { reports }: Pages): CommitPage[] {
  return commits.flatMap(({ commit }, at) => {
    const node = repository[`c${at}`] as CommitNode | null
    if (!node) return []
    reports.set(commit, [...(reports.get(commit) ?? []), ...reportsOf(node)])
    const page = node.statusCheckRollup?.contexts.pageInfo
    return page?.hasNextPage ? [{ commit, after: page.endCursor }] : []
  })
}
