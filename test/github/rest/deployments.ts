import { latestStates } from '../model/mergeability.ts'
import type { Deployment, DeploymentStatus } from '../model/records.ts'
import { timestamp } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { deploymentStatusView, deploymentView } from './deployment-view.ts'
import { findCommit } from './find.ts'
import { page } from './page.ts'
import { type Call, created, ok, type Routes } from './route.ts'

export const deploymentRoutes: Routes = {
  'repos/create-deployment': { accepts: 'deployments=write', answer: create },
  'repos/get-deployment': { accepts: 'deployments=read', answer: (call) => ok(deploymentView(call.world, find(call))) },
  'repos/list-deployments': { accepts: 'deployments=read', answer: list },
  'repos/create-deployment-status': { accepts: 'deployments=write', answer: addStatus },
  'repos/list-deployment-statuses': { accepts: 'deployments=read', answer: listStatuses },
}

interface DeploymentBody {
  ref: string
  task?: string
  auto_merge?: boolean
  required_contexts?: string[]
  payload?: string | Record<string, unknown>
  environment?: string
  description?: string | null
  transient_environment?: boolean
  production_environment?: boolean
}

async function create({ world, token, body }: Call) {
  const wish = body as unknown as DeploymentBody
  const commit = await findCommit(world, wish.ref)
  if (!commit) throw new Problem(422, `No ref found for: ${wish.ref}`)
  const states = latestStates(world, commit.oid)
  // Without the parameter GitHub wants every context green; an empty list waives that.
  const unmet = (wish.required_contexts ?? [...states.keys()]).filter((context) => states.get(context) !== 'success')
  if (unmet.length > 0) throw new Problem(409, 'Conflict: Commit status checks failed for main.')
  const environment = wish.environment ?? 'production'
  const at = timestamp(world)
  const deployment: Deployment = {
    id: world.nextId(),
    oid: commit.oid,
    ref: wish.ref,
    task: wish.task ?? 'deploy',
    environment,
    description: wish.description ?? null,
    payload: wish.payload ?? {},
    transient: wish.transient_environment ?? false,
    production: wish.production_environment ?? environment === 'production',
    creator: token.account,
    at,
    updatedAt: at,
    statuses: [],
  }
  world.deployments.push(deployment)
  return created(deploymentView(world, deployment))
}

function find({ world, path }: Call): Deployment {
  const deployment = world.deployments.find(({ id }) => id === Number(path.deployment_id))
  if (!deployment) throw notFound()
  return deployment
}

function list(call: Call) {
  const { world, query } = call
  const same = (parameter: string, value: string) => !query.has(parameter) || query.get(parameter) === value
  const found = world.deployments
    .filter((each) => same('sha', each.oid) && same('ref', each.ref))
    .filter((each) => same('task', each.task) && same('environment', each.environment))
  return page(
    call,
    found.toReversed().map((deployment) => deploymentView(world, deployment)),
  )
}

interface StatusBody {
  state: string
  target_url?: string
  log_url?: string
  description?: string
  environment?: string
  environment_url?: string
  auto_inactive?: boolean
}

function addStatus(call: Call) {
  const { world, token } = call
  const deployment = find(call)
  const wish = call.body as unknown as StatusBody
  const status: DeploymentStatus = {
    id: world.nextId(),
    state: wish.state,
    description: wish.description ?? '',
    environment: wish.environment ?? deployment.environment,
    environmentUrl: wish.environment_url ?? '',
    logUrl: wish.log_url ?? wish.target_url ?? '',
    creator: token.account,
    at: timestamp(world),
  }
  deployment.statuses.push(status)
  deployment.updatedAt = status.at
  if (wish.state === 'success' && wish.auto_inactive !== false) retireOlder(call, deployment)
  return created(deploymentStatusView(world, deployment, status))
}

/** A success ends the earlier deployments of the same environment, except transient and production ones. */
function retireOlder({ world, token }: Call, current: Deployment): void {
  const older = world.deployments.filter((each) => each !== current && each.environment === current.environment)
  for (const each of older.filter(({ transient, production }) => !transient && !production)) {
    if (each.statuses.at(-1)?.state !== 'success') continue
    const last = each.statuses.at(-1) as DeploymentStatus
    each.statuses.push({ ...last, id: world.nextId(), state: 'inactive', creator: token.account, at: timestamp(world) })
  }
}

function listStatuses(call: Call) {
  const deployment = find(call)
  const views = deployment.statuses.map((status) => deploymentStatusView(call.world, deployment, status))
  return page(call, views.reverse())
}
