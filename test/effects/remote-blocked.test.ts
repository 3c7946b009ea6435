import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openRemote } from '../../src/repository/remote.ts'
import { parsePorcelain } from '../../src/repository/remote-push.ts'
import { command } from './command-world.ts'
import { type Folder, newRemote, removeTemporaries } from './remote-world.ts'

afterEach(removeTemporaries)

const BRANCH = 'gitops/promote/prod/web'
const REF = `refs/heads/${BRANCH}`

async function pushed(clone: Folder, ref = REF) {
  const remote = await openRemote(clone.opened, { remote: 'origin', environment: clone.environment })
  const after = await clone.git('rev-parse', 'HEAD')
  return (await remote.push([{ ref, before: undefined, after }], [])).get(ref)
}

test.each([
  ['gitops', 'a branch whose name begins ours'],
  ['gitops/promote', 'one in between'],
  [`${BRANCH}/more`, 'one below ours'],
])('%s, %s, leaves no room, which is no race', async (taken) => {
  const { clone } = await newRemote()
  await clone.git('push', '-q', 'origin', `main:refs/heads/${taken}`)
  const told = `'refs/heads/${taken}' exists; cannot create '${REF}'; rename or delete the branch ${taken}, which leaves no room for ${BRANCH}`
  expect(await pushed(clone)).toEqual({ is: 'refused', reason: expect.stringContaining(told) })
})

test.each(['directory file conflict', 'refname conflict'])('a server that says no more than %s', (reason) => {
  const told = `${reason}; rename or delete the branch gitops, which leaves no room for ${BRANCH}`
  const outcomes = parsePorcelain(`!\tabc:${REF}\t[remote rejected] (${reason})\n`, '')
  expect(outcomes.get(REF)).toEqual({ is: 'refused', reason: told })
})

test('nor is a lock that stays', async () => {
  const { bare, clone } = await newRemote()
  const lock = join(bare.root, `${REF}.lock`)
  mkdirSync(dirname(lock), { recursive: true })
  writeFileSync(lock, '')
  const reason = expect.stringMatching(/web\.lock': File exists.*; run again; if nobody is pushing, remove that lock/)
  expect(await pushed(clone)).toEqual({ is: 'refused', reason })
  rmSync(lock)
  expect(await pushed(clone)).toMatchObject({ is: 'pushed' })
})

test('who was faster is a race as before', async () => {
  const { clone } = await newRemote()
  await clone.git('push', '-q', 'origin', `main:${REF}`)
  await clone.commit({ 'b.txt': 'b\n' })
  expect(await pushed(clone)).toEqual({ is: 'moved' })
})

test('promote says so once, with exit code 1', async () => {
  const values = (tag: string) => `image:\n  repository: web\n  tag: ${tag}\n`
  const { clone } = await newRemote({
    '.gitops.yaml': 'layout: envs/{env}/{app}\nenvironments:\n  dev:\n  prod: { from: dev }\n',
    'envs/dev/web/values.yaml': values('v2'),
    'envs/prod/web/values.yaml': values('v1'),
  })
  await clone.git('push', '-q', 'origin', 'main:refs/heads/gitops')
  const ran = await command(['promote', '--forge=git', '--format=json'], clone.root)
  expect(ran.stderr).not.toContain('Reading again')
  expect(ran.code).toBe(1)
  const [promotion] = JSON.parse(ran.stdout).promotions
  expect(promotion).toMatchObject({ status: 'blocked', reason: expect.stringContaining('delete the branch gitops,') })
})
