import type { CheckRun } from '../model/records.ts'
import { timestamp, type World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { readCommit } from '../store/objects.ts'
import { findCommit } from './find.ts'
import { page } from './page.ts'
import { type Call, created, ok, type Routes } from './route.ts'
import { api, html, nodeId } from './urls.ts'

export const checkRoutes: Routes = {
  'checks/create': { accepts: 'checks=write', answer: create },
  'checks/update': { accepts: 'checks=write', answer: update },
  'checks/list-for-ref': { accepts: 'checks=read', answer: list },
}

interface CheckBody {
  name?: string
  head_sha?: string
  status?: CheckRun['status']
  conclusion?: string
  details_url?: string
  external_id?: string
  started_at?: string
  completed_at?: string
  output?: { title?: string; summary?: string; text?: string }
}

async function create({ world, body }: Call) {
  const { name = '', head_sha = '' } = body as CheckBody
  const commit = await readCommit(world.reader, head_sha)
  if (!commit) throw new Problem(422, `No commit found for SHA: ${head_sha}`)
  const check: CheckRun = {
    id: world.nextId(),
    oid: commit.oid,
    name,
    status: 'queued',
    conclusion: null,
    detailsUrl: null,
    externalId: null,
    startedAt: timestamp(world),
    completedAt: null,
    output: { title: null, summary: null, text: null },
  }
  apply(world, check, body as CheckBody)
  world.checks.push(check)
  return created(checkView(world, check))
}

function update({ world, path, body }: Call) {
  const check = world.checks.find(({ id }) => id === Number(path.check_run_id))
  if (!check) throw notFound()
  apply(world, check, body as CheckBody)
  return ok(checkView(world, check))
}

function apply(world: World, check: CheckRun, body: CheckBody): void {
  check.name = body.name ?? check.name
  check.conclusion = body.conclusion ?? check.conclusion
  check.status = body.status ?? (body.conclusion ? 'completed' : check.status)
  check.detailsUrl = body.details_url ?? check.detailsUrl
  check.externalId = body.external_id ?? check.externalId
  check.startedAt = body.started_at ?? check.startedAt
  check.completedAt = body.completed_at ?? (check.status === 'completed' ? timestamp(world) : null)
  check.output = { ...check.output, ...(body.output ?? {}) }
}

async function list(call: Call) {
  const { world, path, query } = call
  const commit = await findCommit(world, path.ref)
  if (!commit) throw notFound()
  const found = world.checks
    .filter(({ oid }) => oid === commit.oid)
    .filter(({ name }) => !query.has('check_name') || name === query.get('check_name'))
    .filter(({ status }) => !query.has('status') || status === query.get('status'))
    .reverse()
  const latest = found.filter((each, index) => found.findIndex(({ name }) => name === each.name) === index)
  const shown = query.get('filter') === 'all' ? found : latest
  return page(
    call,
    shown.map((check) => checkView(world, check)),
    (checks) => ({
      total_count: shown.length,
      check_runs: checks,
    }),
  )
}

function checkView(world: World, check: CheckRun) {
  const url = api(world, `/check-runs/${check.id}`)
  return {
    id: check.id,
    node_id: nodeId('CR', check.id),
    head_sha: check.oid,
    name: check.name,
    external_id: check.externalId,
    url,
    html_url: html(world, `/runs/${check.id}`),
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: { ...check.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: world.id },
    app: null,
    pull_requests: [],
  }
}
