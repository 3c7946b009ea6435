import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isRunning, writeStub } from './native-stub.ts'

const native = join(import.meta.dirname, '../../src/engine/native.ts')

let scratch: string
let bin: string
let temporary: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'native-interrupt-'))
  bin = join(scratch, 'bin')
  temporary = join(scratch, 'temporary')
  mkdirSync(temporary)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

/** A program that renders natively, then does what JavaScript says. */
function program(next: string) {
  const script = `
    const { openNativeRenderer } = await import(${JSON.stringify(native)})
    const start = openNativeRenderer({
      environment: { PATH: ${JSON.stringify(bin)} },
      workspaces: [],
      temporary: ${JSON.stringify(temporary)},
      allowRemote: false,
      note() {},
    })
    const files = new Map([['kustomization.yaml', Buffer.from('namePrefix: a-')]])
    const engines = start(files, { workers: 1, deadline: 600000, memory: 2 ** 29 })
    const build = engines.kustomize({ path: '.', loadRestrictor: 'root-only' })
    ${next}`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

describe('ending early', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends the tools and removes the folder', async (signal) => {
    const pid = join(scratch, 'pid')
    writeStub(
      bin,
      'kustomize',
      `require('node:fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 1000)`,
    )
    const child = program('await build')
    const ended = new Promise((resolve) => child.on('close', (_code, by) => resolve(by)))
    await vi.waitFor(() => expect(readFileSync(pid, 'utf8')).toMatch(/^\d+$/), 10_000)
    child.kill(signal)
    expect(await ended).toBe(signal)
    expect(readdirSync(temporary)).toEqual([])
    await vi.waitFor(() => expect(isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false), 10_000)
  })

  test('an exit without close removes the folder', async () => {
    writeStub(bin, 'kustomize')
    const child = program('await build; process.exit(4)')
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(4)
    expect(readdirSync(temporary)).toEqual([])
  })

  test('closing leaves no listener behind', async () => {
    writeStub(bin, 'kustomize')
    const child = program(`
      await build
      await engines.close()
      const names = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP']
      process.stdout.write(String(names.map((name) => process.listenerCount(name))))`)
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(output).toBe('0,0,0,0')
  })
})
