import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'
import { ISOLATED } from '../github/store/git.ts'

let github: GitHub
let folder: string

beforeEach(async () => {
  github = await startGitHub({ files: { 'a.txt': 'a\n' } })
  folder = await mkdtemp(join(tmpdir(), 'clone-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  await github.close()
})

/** Git as a user's machine runs it, never blocking this process, which answers it. */
async function git(...args: string[]): Promise<{ code: number; output: string }> {
  const identity = ['-c', 'user.name=Me', '-c', 'user.email=me@example.com']
  const child = spawn('git', [...identity, ...args], { cwd: folder, env: ISOLATED })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk))
  const [code] = await once(child, 'close')
  return { code, output: output.trim() }
}

const address = (token = github.token) => `${github.url.replace('//', `//x-access-token:${token}@`)}/octo/store.git`

test('clone, shallow clone, commit, push; REST and GraphQL see it', async () => {
  await github.as('alice').push({ files: { 'a.txt': 'aa\n' } })
  expect(await git('clone', '-q', '--depth=1', address(), '.')).toEqual({ code: 0, output: '' })
  expect((await git('rev-list', '--count', 'HEAD')).output).toBe('1')
  await git('fetch', '-q', '--unshallow')
  expect((await git('rev-list', '--count', 'HEAD')).output).toBe('2')
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('aa\n')
  await writeFile(join(folder, 'a.txt'), 'pushed\n')
  await git('commit', '-qam', 'Push')
  expect((await git('push', '-q', 'origin', 'HEAD:topic')).code).toBe(0)
  const { rest } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const { data } = await rest.repos.getCommit({ owner: 'octo', repo: 'store', ref: 'topic' })
  expect(data.sha).toBe((await git('rev-parse', 'HEAD')).output)
})

test('a partial clone fetches what it lacks', async () => {
  expect((await git('clone', '-q', '--filter=blob:none', '--no-checkout', address(), '.')).code).toBe(0)
  expect(await git('show', 'HEAD:a.txt')).toEqual({ code: 0, output: 'a' })
})

test('a push moves pull requests as an API call would', async () => {
  await github.as('alice').push({ branch: 'topic', files: { 'a.txt': 'topic\n' } })
  const { rest } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  await rest.pulls.create({ owner: 'octo', repo: 'store', title: 'T', head: 'topic', base: 'main' })
  await git('clone', '-q', address(), '.')
  await git('push', '-q', 'origin', ':topic')
  expect(github.pulls()[0]).toMatchObject({
    state: 'closed',
    events: [{ event: 'head_ref_deleted' }, { event: 'closed' }],
  })
})

test('nobody pushes or reads without a token, nor with one that lacks the permission', async () => {
  const anonymous = await git('clone', '-q', `${github.url}/octo/store.git`, '.')
  expect(anonymous).toEqual({ code: 128, output: expect.stringContaining('could not read Username') })
  await git('clone', '-q', address(github.issueToken({ permissions: { contents: 'read' } })), '.')
  const refused = await git('push', '-q', 'origin', 'HEAD:topic')
  expect(refused).toEqual({ code: 128, output: expect.stringMatching(/Permission to octo\/store.git denied|403/) })
  expect((await git('push', '-q', address('made-up'), 'HEAD:topic')).code).toBe(128)
  await git('remote', 'set-url', 'origin', address())
  expect((await git('push', '-q', 'origin', 'HEAD:refs/pull/1/head')).code).toBe(1)
})
