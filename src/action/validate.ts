import { randomBytes } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commonFlags } from '../commands/command.ts'
import { deliver } from '../commands/deliver.ts'
import { validatePorts } from '../commands/validate.ts'
import type { World } from '../commands/world.ts'
import { text } from '../inputs/flag.ts'
import { readValidateInputs, VALIDATE_FLAGS, VALIDATE_FORMATS } from '../inputs/validate.ts'
import { Refusal } from '../report/failure.ts'
import { formatReport, type ReportFormat } from '../report/formats.ts'
import { formatVerdict } from '../report/github.ts'
import { formatReportJson } from '../report/json.ts'
import type { ValidateReport } from '../report/report.ts'
import { formatSummary } from '../report/summary.ts'
import { exitCodeOf } from '../validate/report.ts'
import { type Validated, validate } from '../validate/validate.ts'
import { chooseAnnotations, formatAnnotation } from './annotations.ts'
import { type ActionEvent, readEvent } from './event.ts'
import { readActionInputs, readLines } from './inputs.ts'
import { appendJobSummary } from './job-summary.ts'
import { cutReport, writeOutputs } from './outputs.ts'
import { actionWorld, runAction, withToken } from './wrapper.ts'

/** The entry point of `actions/validate`. */
export async function validateAction(): Promise<void> {
  await runAction(actionWorld(), validateInAction, { ...BLANK })
}

/** What is told where nothing could be found out. */
const BLANK: ValidateReport = {
  version: 1,
  outcome: 'error',
  kubernetes: 'unknown',
  summary: {
    ...{ files: 0, sources: 0, resources: 0, valid: 0, invalid: 0 },
    ...{ skipped: 0, unvalidated: 0, errors: 0, warnings: 0 },
  },
  findings: [],
  coverage: [],
}

async function validateInAction(outer: World): Promise<number> {
  const world = withToken(outer)
  const { environment, sink } = world
  const given = readActionInputs(environment, [...VALIDATE_FLAGS, ...commonFlags(VALIDATE_FORMATS)])
  const event = readEvent(environment)
  const inputs = readValidateInputs(given, readLines(environment, 'paths'))
  if (inputs.renderer === 'native' && event.pullRequest?.fromFork) throw nativeFromFork()
  if (event.name === 'pull_request_target' && event.pullRequest?.fromFork) throw rightsForFork()
  const base = inputs.base ?? (await baseOfEvent(event, world))

  sink.group('Validate')
  const validated = await validate({ ...inputs, base }, validatePorts(world))
  for (const note of validated.notes) sink.note(note)
  sink.endGroup()

  tell(validated, (text(given, 'format') ?? 'text') as ReportFormat, text(given, 'output'), world)
  return exitCodeOf(validated.report, inputs.failOn) === 0 ? 0 : 1
}

function nativeFromFork(): Refusal {
  return new Refusal(
    'renderer: native is not used for a pull request from a fork: kustomize and helm would run outside the sandbox on ' +
      'files that anybody can write. Leave it out, or set it only where github.event.pull_request.head.repo.fork is false.',
  )
}

/** What is checked out there is either a stranger's tree beside a write token, or not the pull request at all. */
function rightsForFork(): Refusal {
  return new Refusal(
    'on: pull_request_target gives a pull request from a fork the rights of the base branch; use on: pull_request, which ' +
      'is all that validate needs.',
  )
}

/**
 * The report itself in the log or its file, annotations, the job summary, the outputs: views of one report. In the log
 * the format `github` is no more than the annotations, and those there are once.
 */
function tell(validated: Validated, format: ReportFormat, output: string | undefined, world: World): void {
  const { sink, environment } = world
  const { report } = validated
  if (output === undefined && format === 'github') sink.note(formatVerdict(report))
  else {
    const context = { colour: false, inActions: true, sourceLine: validated.sourceLine }
    const formatted = formatReport(report, format, context)
    deliver(output === undefined && format !== 'text' ? `${formatted}\n` : formatted, output, world)
  }

  const { shown, hidden } = chooseAnnotations(report.findings, validated.changed)
  for (const finding of shown) sink.report(`${formatAnnotation(finding)}\n`)
  const more = hidden.error + hidden.warning + hidden.notice
  if (more > 0) sink.note(`${more} more findings are in the job summary: the runner shows at most ten of each level.`)

  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = environment
  const summary = formatSummary(report, { server, repository, sha, notes: validated.notes })
  appendJobSummary(environment.GITHUB_STEP_SUMMARY, summary, { append: appendFileSync, warn: sink.warn })

  const whole = join(environment.RUNNER_TEMP ?? tmpdir(), `gitops-validate-${randomBytes(6).toString('hex')}.json`)
  writeFileSync(whole, formatReportJson(report, false))
  writeOutputs(
    environment.GITHUB_OUTPUT,
    {
      outcome: report.outcome,
      json: cutReport(report),
      report: whole,
      errors: String(report.summary.errors),
      warnings: String(report.summary.warnings),
      resources: String(report.summary.resources),
      unvalidated: String(report.summary.unvalidated),
    },
    { append: appendFileSync, warn: sink.warn, delimiter: () => `gitops_${randomBytes(16).toString('hex')}` },
  )
}

/**
 * On a pull request the base decides what is new, and its configuration counts. The checked out merge commit has it as
 * its first parent; else the base's own commit may be in the clone; else it is fetched from the repository's remote.
 */
async function baseOfEvent(event: ActionEvent, world: World): Promise<string | undefined> {
  if (!event.pullRequest) return undefined
  const { baseInHistory } = await import('./base.ts')
  return baseInHistory(event.pullRequest, world)
}
