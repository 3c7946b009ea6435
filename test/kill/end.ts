import { createPatch } from 'diff'
import { expect } from 'vitest'
import { readMachineBlock } from '../../src/promote/machine-block.ts'
import type { Acted, PromoteWorld } from '../bundle/promote-world.ts'
import type { Pull } from '../github/model/pull.ts'
import { commandsIn } from '../unit/report-commands.ts'
import type { OpenPull, Scenario } from './scenarios.ts'

const ALLOWED = new Set(['error', 'warning', 'notice', 'group', 'endgroup'])
/** Every token of the stand-in, and how git is given one. */
const TOKEN = /stand-in-\w+-[0-9a-f]{32}|eC1hY2Nlc3MtdG9rZW/

/** What holds for every run, the killed and the failed too: nobody's command but ours, no token, no stack. */
export function expectClean({ stdout, stderr, outputs, summary }: Acted): void {
  const foreign = commandsIn(`${stdout}\n${stderr}`).filter(({ name }) => !ALLOWED.has(name.toLowerCase()))
  expect(foreign).toEqual([])
  const said = `${stdout}\n${stderr}\n${summary}\n${JSON.stringify(outputs)}`
  expect(said).not.toMatch(TOKEN)
  expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m)
}

/** It did what it should, or says in one line of error why not. */
export function expectAnswer(ran: Acted): void {
  expectClean(ran)
  const errors = commandsIn(`${ran.stdout}\n${ran.stderr}`).filter(({ name }) => name === 'error')
  const fine = ran.code === 0
  const seen = { code: ran.code, errors: errors.length, outcome: ran.outputs.outcome }
  const right = fine ? { code: 0, errors: 0, outcome: expect.any(String) } : { code: 1, errors: 1, outcome: 'error' }
  expect(seen, ran.stderr + ran.stdout).toEqual(right)
  for (const { data } of errors) expect(data).toMatch(/^[^\n]+[.;] ?[^\n]*$/)
}

/** Exactly what the scenario says stands, and nothing beside it. Returns the texts, for two worlds to be compared. */
export function expectEnd({ github, git, changed }: PromoteWorld, { end }: Scenario): string[] {
  const open = github.pulls().filter(({ state }) => state === 'open')
  const branches = git('for-each-ref', '--format=%(refname:short)', 'refs/heads').trim().split('\n')
  expect(branches.sort()).toEqual([...end.open.map(({ branch }) => branch), 'main'].sort())
  expect(sorted(open.map(seen))).toEqual(sorted(end.open.map(wanted)))
  expect(end.closed ?? [0]).toContain(github.pulls().length - open.length)
  for (const { branch, title, files } of end.open) {
    const [commit] = git('log', '--format=%P%x00%s', `main..${branch}`).trim().split('\n')
    expect([git('rev-list', '--count', `main..${branch}`).trim(), commit]).toEqual([
      '1',
      `${git('rev-parse', 'main').trim()}\0${title}`,
    ])
    expect(changed(branch)).toEqual(files)
  }
  for (const [path, text] of Object.entries(end.base ?? {})) expect(git('show', `main:${path}`)).toBe(text)
  // Two runs at once may both tell why they close it.
  for (const { comments } of github.pulls())
    expect(new Set(comments.map((each) => each.body)).size).toBeLessThanOrEqual(1)
  const texts = github
    .pulls()
    .flatMap(({ title, body, comments }) => [title, body, ...comments.map((each) => each.body)])
  expect(`${texts.join('\n')}${git('log', '--all', '--format=%B')}`).not.toMatch(TOKEN)
  for (const { body } of open) expect(readMachineBlock(body ?? '')).toMatchObject({ v: 1, done: true })
  return open.map((pull) => anonymous(pull, github.url)).sort()
}

/** A run that found everything as it should be wrote nothing. */
export function expectNothingWritten({ github }: PromoteWorld, calls: number): void {
  const writes = github.calls.slice(calls).filter(isWrite)
  expect(writes.map(({ operation }) => operation)).toEqual([])
}

export function isWrite({ method, operation }: { method: string; operation: string }): boolean {
  return !operation.startsWith('git-upload-pack') && !operation.startsWith('query') && method !== 'GET'
}

function seen(pull: Pull): Required<Omit<OpenPull, 'files'>> {
  return {
    branch: pull.head,
    title: pull.title,
    labels: pull.labels.map(({ name }) => name).sort(),
    reviewers: pull.reviewers.map(({ login }) => login),
    milestone: pull.milestone?.title ?? '',
    autoMerge: pull.autoMerge !== undefined,
  }
}

function wanted({ files, ...pull }: OpenPull): Required<Omit<OpenPull, 'files'>> {
  return { labels: [], reviewers: [], milestone: '', autoMerge: false, ...pull }
}

const sorted = <T extends { branch: string }>(pulls: readonly T[]) =>
  [...pulls].sort((a, b) => a.branch.localeCompare(b.branch))

/** A text without what differs between two worlds: ids of commits, times and the port. */
function anonymous({ head, body }: Pull, url: string): string {
  const text = (body ?? '')
    .replaceAll(url, 'https://github.test')
    .replaceAll('&#8203;', '')
    .replace(/\b(?:[0-9a-f]{40}|[0-9a-f]{7})\b/g, 'COMMIT')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)?/g, 'TIME')
  return `${head}\n${text}`
}

/** What was wrong, in full: one test makes many runs. */
export function explained(error: unknown): string {
  const { message, actual, expected } = error as { message: string; actual?: unknown; expected?: unknown }
  if (actual === undefined && expected === undefined) return message
  const text = (value: unknown) => (JSON.stringify(value, undefined, 1) ?? String(value)).replaceAll('\\n', '\n')
  return `${message}\n${createPatch('end', text(expected), text(actual))}`
}
