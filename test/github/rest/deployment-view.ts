import type { Deployment, DeploymentStatus } from '../model/records.ts'
import type { World } from '../model/world.ts'
import { api, nodeId } from './urls.ts'
import { userView } from './user-view.ts'

/** `deployment`. */
export function deploymentView(world: World, deployment: Deployment) {
  const url = api(world, `/deployments/${deployment.id}`)
  return {
    id: deployment.id,
    node_id: nodeId('DE', deployment.id),
    sha: deployment.oid,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    environment: deployment.environment,
    original_environment: deployment.environment,
    description: deployment.description,
    creator: userView(world, deployment.creator),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    url,
    statuses_url: `${url}/statuses`,
    repository_url: api(world, ''),
    created_at: deployment.at,
    updated_at: deployment.updatedAt,
  }
}

/** `deployment-status`. */
export function deploymentStatusView(world: World, deployment: Deployment, status: DeploymentStatus) {
  const url = api(world, `/deployments/${deployment.id}`)
  return {
    id: status.id,
    node_id: nodeId('DES', `${deployment.id}/${status.id}`),
    state: status.state,
    description: status.description,
    environment: status.environment,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    target_url: status.logUrl,
    creator: userView(world, status.creator),
    url: `${url}/statuses/${status.id}`,
    deployment_url: url,
    repository_url: api(world, ''),
    created_at: status.at,
    updated_at: status.at,
  }
}
