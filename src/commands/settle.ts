import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CONFIG_FILE, configBytesAt, readConfigAt, readNamedConfig } from '../config/in-force.ts'
import type { Config } from '../config/schema.ts'
import { startEngines } from '../engine/pool.ts'
import { type ChosenForge, chooseForge } from '../forge/choose.ts'
import type { ForgeInputs } from '../inputs/promote.ts'
import type { Base } from '../promote/base.ts'
import { type BodyContext, bodyOf } from '../promote/body.ts'
import { commitMessageOf } from '../promote/commit-message.ts'
import { HANDOVER, handoverNotes, handoverOf } from '../promote/handover.ts'
import { renderedDifference } from '../promote/rendered.ts'
import type { Request } from '../promote/request.ts'
import { type RoundsPorts, type World as Seen, type Settled, settle } from '../promote/rounds.ts'
import { unmet } from '../promote/unmet.ts'
import { UsageError } from '../report/failure.ts'
import { type Git, openGit } from '../repository/git.ts'
import { findScope } from '../repository/scope.ts'
import { answerImageQuestions } from './images.ts'
import type { World } from './world.ts'

/** What differs between promotion, rollback and update. */
export interface Errand {
  request: Request
  read(git: Git, commit: string, config: Config, repository: string): Promise<Base>
  /** Pure. */
  decide: RoundsPorts['decide']
}

/** Settles the repository that the working directory is in. */
export async function settleRepository(inputs: ForgeInputs, errand: Errand, world: World): Promise<Settled> {
  const { sink, sleep, random } = world
  const dryRun = inputs.dryRun || inputs.forge === undefined || isOnPullRequest(world)
  const git = openGit(findScope(world.workingDirectory, []).root, world.run, world.environment)
  if (/not a git repository/.test((await git.try(['rev-parse', '--git-dir'])).stderr))
    throw new UsageError(`${world.workingDirectory} is in no Git repository; run gitops inside a clone.`)
  const chosen = await chooseForge(inputs, git, { ...world, note: sink.note })
  const ports: RoundsPorts = {
    ...{ forge: chosen.forge, decide: errand.decide, sleep, random, note: sink.note, warn: sink.warn },
    async look({ commit }) {
      const config = await configFor(inputs, git, commit, world)
      if (inputs.config === undefined) await tellOther(git, commit, world)
      return { config, base: await errand.read(git, commit, config, chosen.repository) }
    },
    answerImages: (questions) => answerImageQuestions(questions, world),
    messageOf: (seen, plan, wanted) =>
      commitMessageOf(plan, wanted, seen.config.pullRequest.signOff ? chosen.signature() : undefined),
    async bodyOf(seen, { action }, { request }, block) {
      const rendered = await renderedDifference(seen.base, request.files, seen.config, { ...world, startEngines })
      return bodyOf(request, block, { ...contextOf(seen, action, chosen), rendered })
    },
  }
  const settled = await settle({ ...errand.request, dryRun }, ports)
  return { ...settled, notes: [...tellUnmet(settled, sink), ...(await handOver(settled, chosen, sink))] }
}

/** A run that finds nothing to do because of a typo would look well. */
function tellUnmet({ plan, world: { base, config } }: Settled, { warn }: World['sink']): string[] {
  const told = plan.action === 'promote' ? unmet(base, config) : []
  for (const each of told) warn(each)
  return told
}

/** Starts what GitHub does not start after a merge by the workflow's own token, and tells what nobody starts. */
async function handOver(settled: Settled, { github }: ChosenForge, { note, warn }: World['sink']): Promise<string[]> {
  if (!github?.account()?.isWorkflow) return []
  const handover = handoverOf(settled)
  let sent = false
  try {
    if (handover.merged.length > 0) {
      await github.dispatch(HANDOVER, { pull_requests: handover.merged })
      sent = true
    }
  } catch (error) {
    warn((error as Error).message)
  }
  const notes = handoverNotes(handover, sent)
  for (const each of notes) note(each)
  return notes
}

/** What stands there is nobody's decision yet. */
function isOnPullRequest({ environment: { GITHUB_EVENT_NAME: event = '' }, sink }: World): boolean {
  if (!sink.options.inActions || !event.startsWith('pull_request')) return false
  sink.note('On pull_request events nothing is written; this is what would be done.')
  return true
}

/** Somebody who tries a configuration would wonder why nothing changes. */
async function tellOther(git: Git, commit: string, { sink }: World): Promise<void> {
  const here = await readFile(join(git.root, CONFIG_FILE)).catch(() => undefined)
  const there = await configBytesAt(git, commit)
  if (!here || sink.options.inActions || (there && here.equals(there))) return
  sink.warn(
    `The ${CONFIG_FILE} here is not the one at ${commit.slice(0, 7)}, which counts; commit it, or try it with --config ${CONFIG_FILE}.`,
  )
}

function configFor({ config: file }: ForgeInputs, git: Git, commit: string, { workingDirectory }: World) {
  return file === undefined ? readConfigAt(git, commit) : readNamedConfig({ file, workingDirectory })
}

function contextOf({ config, base }: Seen, action: BodyContext['action'], { page }: ChosenForge): BodyContext {
  const { body: template } = config.pullRequest
  return { action, base: base.commit, ...(page !== undefined && { page }), ...(template !== undefined && { template }) }
}
