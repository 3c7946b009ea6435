import type { Pull } from '../model/pull.ts'
import { record } from '../model/world.ts'
import { pullOf } from './find.ts'
import { issueView } from './issue-view.ts'
import { type Call, created, ok, type Routes } from './route.ts'

export const assigneeRoutes: Routes = {
  'issues/add-assignees': { accepts: 'issues=write; pull_requests=write', answer: add },
  'issues/remove-assignees': { accepts: 'issues=write; pull_requests=write', answer: remove },
}

function add(call: Call) {
  const pull = pullOf(call)
  assign(call, pull, (call.body.assignees as string[] | undefined) ?? [])
  return created(issueView(call.world, pull))
}

/** GitHub leaves out, without a word, who may not be assigned. */
export function assign({ world, token }: Call, pull: Pull, logins: readonly string[]): void {
  for (const login of logins) {
    const assignee = world.accounts.get(login.toLowerCase())
    if (!assignee || !world.collaborators.has(login.toLowerCase()) || pull.assignees.includes(assignee)) continue
    pull.assignees.push(assignee)
    record(world, pull, token.account, 'assigned', { assignee })
  }
}

function remove(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  const gone = ((body.assignees as string[] | undefined) ?? []).map((login) => login.toLowerCase())
  for (const assignee of pull.assignees.filter(({ login }) => gone.includes(login.toLowerCase()))) {
    pull.assignees = pull.assignees.filter((each) => each !== assignee)
    record(world, pull, token.account, 'unassigned', { assignee })
  }
  return ok(issueView(call.world, pull))
}
