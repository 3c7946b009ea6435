import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { gitAllowance, guardScript, helmAllowance } from '../../src/engine/native-guard.ts'
import { writeStub } from './native-stub.ts'

const scratch = mkdtempSync(join(tmpdir(), "native-guard-it's "))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const tool = writeStub(scratch, 'tool', 'process.exitCode = 5')

function guard(name: string, allowance: ReturnType<typeof helmAllowance>) {
  const file = join(scratch, name)
  writeFileSync(file, guardScript(tool.file, allowance), { mode: 0o700 })
  return (args: string[]) => {
    const before = tool.started().length
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' })
    return { status, stderr, argv: tool.started()[before]?.argv }
  }
}

const helm = guard('helm', helmAllowance(false))
const fetchingHelm = guard('fetching-helm', helmAllowance(true))
const git = guard('git', gitAllowance(false))
const fetchingGit = guard('fetching-git', gitAllowance(true))

describe('the guard of helm', () => {
  test('passes on what kustomize writes, to the letter', () => {
    const args = ['template', 'a b', '/charts/$(id)', '--namespace', "it's", '-f', '/values file', '--include-crds', '']
    expect(helm(args)).toEqual({ status: 5, stderr: '', argv: args })
  })

  test.each([
    ['template', '--post-renderer=/bin/sh', '/chart'],
    ['template', 'web', '/chart', '--namespace', '--post-renderer', '/bin/sh'],
    ['template', 'web', '/chart', '-f=/etc/passwd'],
    ['template', 'web', '/chart', '--set-file', 'a=/etc/passwd'],
    ['pull', '--untar', '--repo', 'https://example.com', 'web'],
    ['plugin', 'install', 'https://example.com'],
    ['--debug', 'template'],
    [],
  ])('refuses %j', (...args: string[]) => {
    expect(helm(args)).toMatchObject({ status: 77, argv: undefined })
  })

  test('lets charts be pulled where that is allowed', () => {
    const args = [
      'pull',
      '--untar',
      '--untardir',
      '/charts',
      '--repo',
      'https://example.com',
      'web',
      '--version',
      '1.0.0',
    ]
    expect(fetchingHelm(args)).toEqual({ status: 5, stderr: '', argv: args })
    expect(fetchingHelm([...args, '--ca-file=/x'])).toMatchObject({ status: 77, argv: undefined })
  })
})

describe('the guard of git', () => {
  test.each([['init'], ['fetch', '--depth=1', 'https://example.com/a.git', 'main'], ['']])('refuses %j', (...args) => {
    expect(git(args)).toMatchObject({ status: 77, argv: undefined })
  })

  test('passes on what kustomize writes where fetching is allowed', () => {
    for (const args of [
      ['init'],
      ['remote', 'add', 'origin', 'https://example.com/a.git'],
      ['fetch', '--depth=1', 'https://example.com/a.git', 'main'],
      ['checkout', 'FETCH_HEAD'],
      ['submodule', 'update', '--init', '--recursive'],
    ]) {
      expect(fetchingGit(args)).toEqual({ status: 5, stderr: '', argv: args })
    }
  })

  test.each([
    ['fetch', '--depth=1', 'https://example.com/a.git', '--upload-pack=touch x'],
    ['-c', 'core.sshCommand=x', 'fetch'],
    ['config', 'core.hooksPath', '/x'],
    ['clone', 'ext::sh -c x'],
  ])('refuses %j', (...args: string[]) => {
    expect(fetchingGit(args)).toMatchObject({ status: 77, argv: undefined })
  })
})

test('no argument with a hyphen gets through that kustomize does not write', () => {
  const flags = new Set(helmAllowance(true).flags)
  const argument = fc.string({ unit: 'binary-ascii', maxLength: 20 }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          argument,
          argument.map((text) => `-${text}`),
        ),
        { maxLength: 5 },
      ),
      (args) => {
        const refused = args.some((each) => each.startsWith('-') && !flags.has(each))
        expect(fetchingHelm(['template', ...args]).argv).toEqual(refused ? undefined : ['template', ...args])
      },
    ),
    { numRuns: 40 },
  )
})
