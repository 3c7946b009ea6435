import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { repositoryOfFiles, validatedIn } from './validate-world.ts'

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'

test('a repository without a commit is checked as it lies there', async () => {
  const { code, report } = await validatedIn(
    repositoryOfFiles({ 'a.yaml': MAP, 'b.yaml': MAP.replace('{ name: a }', '3') }),
  )
  expect([code, report.summary.resources, report.summary.errors]).toEqual([1, 2, 1])
})

test.each(['main', 'HEAD', 'HEAD~1', 'origin/main'])('with --base %s it says what to do', async (base) => {
  const { code, stderr } = await validatedIn(repositoryOfFiles({ 'a.yaml': MAP }), ['--base', base])
  expect(code).toBe(3)
  expect(stderr).toContain(
    `This repository has no commit yet, so nothing can be new since --base ${base}; commit first, or leave --base out.`,
  )
})

test('with commits, a base that is not there is told as before', async () => {
  const folder = repositoryOfFiles({ 'a.yaml': MAP })
  const identity = ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.com']
  execFileSync('git', ['add', '.'], { cwd: folder })
  execFileSync('git', [...identity, 'commit', '--quiet', '-m', 'First'], { cwd: folder })
  const { code, stderr } = await validatedIn(folder, ['--base', 'HEAD~1'])
  expect([code, stderr]).toEqual([3, expect.stringContaining('"HEAD~1" is not in this clone')])
})
