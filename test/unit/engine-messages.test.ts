import { describe, expect, test } from 'vitest'
import { failureOf, relativePaths, toolMessage, warningLines } from '../../src/engine/messages.ts'
import type { ThreadReply } from '../../src/engine/thread.ts'

const LIMITS = { workers: 1, deadline: 20_000, memory: 1024 * 1024 * 1024 }
const TITLE = 'kustomize build envs/dev'

describe('messages of the tools', () => {
  test.each([
    ['lstat /.repository-root./envs/dev: no such file', 'lstat envs/dev: no such file'],
    ["'/.repository-root.' must resolve to a file", "'.' must resolve to a file"],
    ['open /etc/passwd', 'open /etc/passwd'],
  ])('%s: paths become relative', (message, expected) => expect(relativePaths(message)).toBe(expected))

  test('keep their ends when they are too long to show', () => {
    const message = toolMessage(`first ${'x'.repeat(50_000)} last\n`)
    expect(message).toMatch(/^first x+ … x+ last$/)
    expect(message).toHaveLength(6003)
    expect(toolMessage(' short\n')).toBe('short')
  })

  test('on standard error are given once each', () => {
    expect(warningLines('b /.repository-root./x\na\n\nb /.repository-root./x\n')).toEqual(['b x', 'a'])
  })
})

describe('failureOf', () => {
  const broken = { kind: 'broken', reason: 'crashed', cause: 'unreachable', stderr: '' } as const

  test.each<[ThreadReply, string, string]>([
    [{ kind: 'deadline' }, 'deadline', `${TITLE} took longer than the limit (limits.render-timeout) of 20 s.`],
    [
      { ...broken, reason: 'memory' },
      'memory',
      `${TITLE} needed more memory than the limit (limits.render-memory) of 1024 MiB.`,
    ],
    [broken, 'crashed', `${TITLE} broke the render engine: unreachable`],
    [
      { ...broken, stderr: 'a warning\nfatal error: stack overflow\n\ngoroutine 1 [running]:' },
      'crashed',
      `${TITLE} broke the render engine: fatal error: stack overflow`,
    ],
  ])('%o', (reply, reason, message) => {
    expect(failureOf(TITLE, reply, LIMITS)).toEqual({ ok: false, reason, message, warnings: [] })
  })
})
