import type { Deployment, DeploymentStatus } from '../model/records.ts'
import { nodeId } from '../rest/urls.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import { type Context, need } from './context.ts'

export interface DeploymentArguments extends PageArguments {
  environments?: readonly string[] | null
  orderBy?: { direction: 'ASC' | 'DESC' } | null
}

/** Deployments of the repository, or of one commit. */
export function deploymentConnection(context: Context, args: DeploymentArguments, oid?: string) {
  need(context, 'deployments=read')
  const { environments, orderBy } = args
  const found = context.world.deployments
    .filter((each) => !environments || environments.includes(each.environment))
    .filter((each) => oid === undefined || each.oid === oid)
  const ordered = orderBy?.direction === 'DESC' ? found.toReversed() : found
  return connection('deployments', args, ordered, (each) => deploymentNode(context, each))
}

function deploymentNode(context: Context, deployment: Deployment) {
  const last = deployment.statuses.at(-1)
  return {
    id: nodeId('DE', deployment.id),
    databaseId: deployment.id,
    commitOid: deployment.oid,
    environment: deployment.environment,
    description: deployment.description,
    task: deployment.task,
    payload: JSON.stringify(deployment.payload),
    creator: actorNode(context, deployment.creator),
    createdAt: deployment.at,
    updatedAt: deployment.updatedAt,
    state: stateOf(last?.state),
    latestStatus: () => (last ? statusNode(context, deployment, last) : null),
    statuses: (args: PageArguments) =>
      connection('statuses', args, deployment.statuses.toReversed(), (each) => statusNode(context, deployment, each)),
  }
}

/** A successful deployment is called active, one without a status pending. */
function stateOf(state: string | undefined): string {
  return state === undefined ? 'PENDING' : state === 'success' ? 'ACTIVE' : state.toUpperCase()
}

function statusNode(context: Context, deployment: Deployment, status: DeploymentStatus) {
  return {
    id: nodeId('DES', `${deployment.id}/${status.id}`),
    state: status.state.toUpperCase(),
    description: status.description,
    environment: status.environment,
    environmentUrl: status.environmentUrl || null,
    logUrl: status.logUrl || null,
    creator: actorNode(context, status.creator),
    createdAt: status.at,
    updatedAt: status.at,
    deployment: () => deploymentNode(context, deployment),
  }
}
