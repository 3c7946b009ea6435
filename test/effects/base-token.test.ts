import { afterEach, expect, test } from 'vitest'
import { baseInHistory } from '../../src/action/base.ts'
import { runProcess } from '../../src/repository/process.ts'
import { startGitHub } from '../github/start.ts'
import { Folder, removeTemporaries } from './remote-world.ts'

afterEach(removeTemporaries)

test('the base of a pull request is fetched with the token where the clone has no login', async () => {
  const github = await startGitHub({ files: { 'a.txt': 'a\n' } })
  try {
    const clone = new Folder()
    await clone.git('init', '-q')
    await clone.git('remote', 'add', 'origin', `${github.url}/octo/store.git`)
    await clone.commit({ 'b.txt': 'b\n' })
    const authorization = `http.extraheader=AUTHORIZATION: basic ${Buffer.from(`x-access-token:${github.token}`).toString('base64')}`
    const listed = await clone.git('-c', authorization, 'ls-remote', 'origin', 'refs/heads/main')
    const baseSha = listed.split('\t')[0] ?? ''
    const pullRequest = { number: 1, baseSha, headSha: '0'.repeat(40), baseRef: 'main', fromFork: false }
    const baseWith = (environment: Record<string, string>) =>
      baseInHistory(pullRequest, {
        run: runProcess,
        workingDirectory: clone.root,
        environment: { ...clone.environment, GITHUB_SERVER_URL: github.url, ...environment },
      })
    await expect(baseWith({ GITHUB_TOKEN: 'made-up' })).rejects.toThrow('check out with fetch-depth: 2')
    expect(await baseWith({ GITHUB_TOKEN: github.token })).toBe(baseSha)
  } finally {
    await github.close()
  }
})

test('a clone without an origin is told how to have the base', async () => {
  const clone = new Folder()
  await clone.git('init', '-q')
  const pullRequest = { number: 1, baseSha: 'f'.repeat(40), headSha: '', baseRef: 'main', fromFork: true }
  const world = { run: runProcess, workingDirectory: clone.root, environment: clone.environment }
  await expect(baseInHistory(pullRequest, world)).rejects.toThrow('check out with fetch-depth: 2')
})
