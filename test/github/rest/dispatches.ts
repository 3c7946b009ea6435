import { startRun } from '../model/runs.ts'
import { notFound, Problem } from '../problem.ts'
import { findCommit } from './find.ts'
import { type Call, noContent, ok, type Routes } from './route.ts'
import { api, html } from './urls.ts'

export const dispatchRoutes: Routes = {
  'repos/create-dispatch-event': { accepts: 'contents=write', answer: dispatchRepository },
  'actions/create-workflow-dispatch': { accepts: 'actions=write', answer: dispatchWorkflow },
}

function dispatchRepository({ world, token, body }: Call) {
  const payload = body.client_payload as Record<string, unknown> | undefined
  if (payload && Object.keys(payload).length > 10) {
    throw new Problem(422, 'No more than 10 properties are allowed; 11 were supplied.')
  }
  const ref = `refs/heads/${world.defaultBranch}`
  startRun(world, token, { event: 'repository_dispatch', action: body.event_type as string, ref, payload })
  return noContent
}

async function dispatchWorkflow({ world, token, path, body }: Call) {
  const tip = await findCommit(world, body.ref as string)
  if (!tip) throw new Problem(422, `No ref found for: ${body.ref}`)
  const workflow = path.workflow_id as string
  const file = await world.reader.read(`${tip.oid}:.github/workflows/${workflow}`)
  if (!file) throw notFound()
  if (!/\bworkflow_dispatch\b/.test(file.body.toString())) {
    throw new Problem(422, "Workflow does not have 'workflow_dispatch' trigger")
  }
  startRun(world, token, {
    event: 'workflow_dispatch',
    action: workflow,
    ref: body.ref as string,
    payload: body.inputs,
  })
  if (body.return_run_details !== true) return noContent
  const id = world.nextId()
  return ok({
    workflow_run_id: id,
    run_url: api(world, `/actions/runs/${id}`),
    html_url: html(world, `/actions/runs/${id}`),
  })
}
