import { markdown } from '../../report/markdown.ts'
import {
  type About,
  Declined,
  type Decoration,
  type NewPullRequest,
  type OpenedPullRequest,
  type PullRequests,
  Unsure,
} from '../forge.ts'
import type { Client, RestAnswer } from './client.ts'
import type { Known } from './known.ts'
import { mergePullRequest, stopMerging } from './merging.ts'
import { OPERATIONS, type Operation } from './operation.ts'
import { askReviewers } from './reviewers.ts'
import { untilKnown } from './until-known.ts'

export interface PullRequestPorts {
  client: Client
  /** What the last read told. */
  known(): Known
  sleep(milliseconds: number): Promise<void>
  note(message: string): void
}

export function createPullRequests(ports: PullRequestPorts): PullRequests {
  const { client, known, note } = ports
  return {
    open: (wanted) => open(wanted, ports),
    update: async (number, { about, ...change }) => {
      refuseOther(succeededEditing(await patch(client, `/pulls/${number}`, change)), about)
    },
    decorate: (number, decoration) => decorate(number, decoration, ports),
    close: (number, comment) => close(number, comment, client, note),
    merge: (request) => mergePullRequest(request, known(), client),
    stopMerging: (number) => stopMerging(known().pulls.get(number), client),
  }
}

async function decorate(
  number: number,
  decoration: Decoration,
  ports: PullRequestPorts,
): Promise<{ refused: string[]; unassigned?: string[] }> {
  const { client, sleep } = ports
  const { labels, reviewers, assignees = [], milestone, body, about } = decoration
  const refused = await askReviewers(number, reviewers, ports)
  const unassigned = assignees.length > 0 ? { unassigned: await assign(number, assignees, ports) } : {}
  const pull = ports.known().pulls.get(number)
  const missing = labels.filter((label) => !pull?.labels.some((each) => same(each, label)))
  // Writing the list of labels would take away those that people have given meanwhile.
  const added = missing.length > 0 && !pull?.fresh
  if (added) await untilKnown(sleep, () => addLabels(client, number, missing)).then(succeededEditing)
  const change = {
    ...(missing.length > 0 && !added && { labels: missing }),
    ...(milestone !== undefined && { milestone }),
    ...(body !== undefined && { body }),
  }
  if (Object.keys(change).length > 0) {
    refuseOther(succeededEditing(await untilKnown(sleep, () => patch(client, `/issues/${number}`, change))), about)
  }
  return { refused, ...unassigned }
}

/** GitHub leaves out, without a word, who may not be assigned; the answer lists the others. */
async function assign(number: number, assignees: readonly string[], ports: PullRequestPorts): Promise<string[]> {
  const path = `/issues/${number}/assignees`
  const request = { operation: OPERATIONS.edit, method: 'POST', path, body: { assignees } } as const
  const answer = succeededEditing(await untilKnown(ports.sleep, () => ports.client.rest(request)))
  const { assignees: given = [] } = (answer.body ?? {}) as { assignees?: readonly { login: string }[] | null }
  return assignees.filter((login) => !given?.some((each) => same(each.login, login)))
}

const patch = (client: Client, path: string, body: object) =>
  client.rest({ operation: OPERATIONS.edit, method: 'PATCH', path, body })

/** Two labels of GitHub differ by more than case. */
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const addLabels = (client: Client, number: number, labels: readonly string[]) =>
  client.rest({ operation: OPERATIONS.edit, method: 'POST', path: `/issues/${number}/labels`, body: { labels } })

const succeededEditing = (answer: RestAnswer) => succeeded(answer, OPERATIONS.edit)

/** @throws Declined with GitHub's reason. */
function succeeded(answer: RestAnswer, { doing }: Operation): RestAnswer {
  if (answer.status < 300) return answer
  throw new Declined(`GitHub refused ${doing}: ${answer.words}.`)
}

/** @throws Unsure where the pull request is not what was written about. */
function refuseOther({ body }: RestAnswer, about: About | undefined): void {
  const { number, title, head } = body as Partial<PullView>
  const moved = head?.sha !== undefined && !about?.heads.includes(head.sha)
  if (!about || (!moved && title === about.title)) return
  throw new Unsure(`another run wrote #${number} at the same time`)
}

interface PullView {
  number: number
  title: string
  /** An issue has none. */
  head?: { sha?: string }
  html_url: string
  node_id: string
  labels?: readonly { name?: string }[]
}

async function open(wanted: NewPullRequest, { client, known }: PullRequestPorts): Promise<OpenedPullRequest> {
  const { branch: head, base, title, body, draft, about } = wanted
  const operation = OPERATIONS.open
  const answer = await client.rest({
    operation,
    method: 'POST',
    path: '/pulls',
    body: { head, base, title, body, draft },
  })
  if (answer.status === 201) {
    refuseOther(answer, about)
    return opened(answer.body as PullView, false, known())
  }
  if (/already exists/i.test(answer.words)) return adopt(wanted, client, known())
  // The branch is gone, or the base has all of it by now.
  if (/No commits between|head.*invalid|base.*invalid/i.test(answer.words)) throw new Unsure(answer.words)
  throw new Declined(`GitHub refused ${operation.doing}: ${answer.words}.`)
}

/** Somebody was faster: what stands is taken as it is. */
async function adopt({ branch, base }: NewPullRequest, client: Client, known: Known): Promise<OpenedPullRequest> {
  const search = new URLSearchParams({ state: 'open', head: `${client.place.owner}:${branch}`, base })
  const { body } = await client.rest({ operation: OPERATIONS.read, method: 'GET', path: `/pulls?${search}` })
  const [found] = Array.isArray(body) ? (body as PullView[]) : []
  if (!found) throw new Unsure(`the pull request of ${branch} was closed while it was looked for`)
  return opened(found, true, known)
}

function opened(view: PullView, adopted: boolean, known: Known): OpenedPullRequest {
  const labels = (view.labels ?? []).map(({ name = '' }) => name)
  known.pulls.set(view.number, { id: view.node_id, labels, fresh: !adopted, by: undefined })
  return { number: view.number, url: view.html_url, adopted }
}

/** A comment that cannot be written leaves the close as it is: the report says the same. */
async function close(number: number, comment: string, client: Client, note: (message: string) => void): Promise<void> {
  const operation = OPERATIONS.close
  succeeded(
    await client.rest({ operation, method: 'PATCH', path: `/pulls/${number}`, body: { state: 'closed' } }),
    operation,
  )
  const why = await say(number, markdown(comment), client)
  if (why !== undefined) note(`#${number} was closed without a comment: ${why}.`)
}

async function say(number: number, body: string, client: Client): Promise<string | undefined> {
  const path = `/issues/${number}/comments`
  try {
    const { status, words } = await client.rest({ operation: OPERATIONS.comment, method: 'POST', path, body: { body } })
    return status < 300 ? undefined : words
  } catch (error) {
    return (error as Error).message.replace(/\.$/, '')
  }
}
