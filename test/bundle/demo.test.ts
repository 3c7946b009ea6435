import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitops, type Ran } from './gitops.ts'

/** Ends the process at the first connection, or at the first name that is looked up. */
const NO_SOCKETS = `import net from 'node:net'; import dns from 'node:dns';
const never = () => { process.stderr.write('a socket was opened'); process.exit(99) };
net.Socket.prototype.connect = never; dns.lookup = never;`

let empty: string
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'gitops-nowhere-'))
})
afterAll(() => rmSync(empty, { recursive: true, force: true }))

/** The commands that the demo shows, each with the line that sums up what it said. */
function acts({ stdout }: Ran): string[][] {
  const summed = /^(\$ .*|[✓✗] .*|\d+ promotions?: .*|[-+] .*)$/gm
  return (stdout.match(summed) ?? []).map((line) => line.trim().split(/ {2,}/))
}

/** A workflow of some other repository. */
const ELSEWHERE = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REPOSITORY: 'acme/other',
}

test('the demo checks a pull request and promotes a version, wherever it runs, without a network', async () => {
  const offline = `--import data:text/javascript,${encodeURIComponent(NO_SOCKETS)}`
  const env = { ...ELSEWHERE, NODE_OPTIONS: offline, TMPDIR: empty }
  const ran = await gitops(['demo'], { cwd: empty, env })
  expect([ran.code, ran.stderr]).toEqual([0, ''])
  expect(acts(ran).flat()).toEqual([
    '$ gitops validate',
    '✓ valid: 0 errors, 0 warnings',
    '$ gitops validate --base main',
    '✗ invalid: 4 errors, 0 warnings',
    '$ gitops promote --forge git',
    '1 promotion: 1 open',
    '$ git diff main origin/gitops/promote/prod/web',
    '-',
    'newTag: 1.4.2',
    '+',
    'newTag: 1.5.0',
    '$ gitops promote --forge git',
    '1 promotion: 1 unchanged',
    '$ gitops promote --forge git',
    '1 promotion: 1 close',
  ])
  expect(readdirSync(empty)).toEqual([])
})
