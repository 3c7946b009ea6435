import type { Token } from './people.ts'
import type { Run } from './records.ts'
import type { World } from './world.ts'

const DISPATCHES = ['repository_dispatch', 'workflow_dispatch']
const APPROVED_FIRST = ['opened', 'reopened', 'synchronize']

/**
 * Notes the run that an event starts. What GITHUB_TOKEN does starts none, except a dispatch, and a pull request that it
 * opens, reopens or updates, whose run waits for approval (since June 2026; reference: promote §9).
 */
export function startRun(world: World, token: Token, run: Omit<Run, 'actor' | 'waiting'>): void {
  const byWorkflow = token.kind === 'actions'
  const waits = byWorkflow && run.event === 'pull_request' && APPROVED_FIRST.includes(run.action ?? '')
  if (byWorkflow && !waits && !DISPATCHES.includes(run.event)) return
  world.runs.push({ ...run, actor: token.account.login, waiting: waits })
}
