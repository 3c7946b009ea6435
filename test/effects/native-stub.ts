import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engines } from '../../src/engine/engines.ts'
import { type NativeSettings, openNativeRenderer } from '../../src/engine/native.ts'

/** What a stub was started with. */
export interface Started {
  argv: string[]
  env: Record<string, string>
  cwd: string
}

/** A program that writes down what it is started with, then does what JavaScript says; it tells the embedded version. */
export interface Stub {
  file: string
  /** All its starts but those that ask for the version. */
  started(): Started[]
}

const VERSIONS: Record<string, string> = { kustomize: 'v5.8.2', helm: 'v3.22.0+g0000000' }

export function writeStub(folder: string, name: string, behaviour = '', version = VERSIONS[name]): Stub {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  const record = join(folder, `${name}.jsonl`)
  const script = `#!${process.execPath}
const { appendFileSync } = require('node:fs')
const argv = process.argv.slice(2)
if (argv[0] === 'version') console.log(${JSON.stringify(version)})
else {
  appendFileSync(${JSON.stringify(record)}, JSON.stringify({ argv, env: process.env, cwd: process.cwd() }) + '\\n')
  ${behaviour}
}
`
  writeFileSync(file, script)
  chmodSync(file, 0o755)
  const lines = () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [])
  return { file, started: () => lines().map((line) => JSON.parse(line) as Started) }
}

/** What a job of GitHub Actions has in its environment, and more that must not reach a tool. */
export const JOB: Readonly<Record<string, string>> = {
  GITHUB_TOKEN: 'ghs_canary',
  ACTIONS_RUNTIME_TOKEN: 'canary',
  INPUT_TOKEN: 'canary',
  KUBECONFIG: '/canary/kubeconfig',
  HELM_PLUGINS: '/canary/plugins',
  NODE_OPTIONS: '--require=/canary.js',
  XDG_CONFIG_HOME: '/canary/config',
  SSH_AUTH_SOCK: '/canary/agent',
  HTTPS_PROXY: 'http://proxy.invalid:3128',
  SSL_CERT_FILE: '/canary/certificates.pem',
}

export interface Given extends Partial<Omit<NativeSettings, 'environment' | 'temporary'>> {
  path: string
  temporary: string
  files: Record<string, string>
  deadline?: number
  memory?: number
  workers?: number
}

/** The native renderer over a few files, with the environment of a job. */
export function startNative({ path, files, deadline, memory, workers, ...settings }: Given): Engines {
  const start = openNativeRenderer({
    workspaces: [],
    allowRemote: false,
    note: () => {},
    startEmbedded: () => {
      throw new Error('The embedded engine is not needed here.')
    },
    ...settings,
    environment: { ...JOB, PATH: path },
  })
  const bytes = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const)
  const MEGABYTE = 1024 * 1024
  const limits = { workers: workers ?? 2, deadline: deadline ?? 30_000, memory: memory ?? 512 * MEGABYTE }
  return start(new Map(bytes), limits)
}

/** Whether a process is there and not merely listed until its parent has taken note of its end. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = `/proc/${pid}/status`
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}
