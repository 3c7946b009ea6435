import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HelmRequest, KustomizeRequest } from '../../src/engine/engines.ts'

/** What a tool printed, or what it said instead. */
export type Printed = { ok: true; text: string } | { ok: false; message: string }

const TOOLS = join(import.meta.dirname, '../../.peers/bin')

export function nativeKustomize(root: string, request: KustomizeRequest): Printed {
  const restrictor = request.loadRestrictor === 'none' ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly'
  const helm = ['--enable-helm', '--helm-command', tool('helm')]
  return print(root, 'kustomize', ['build', join(root, request.path), '--load-restrictor', restrictor, ...helm])
}

export function nativeHelm(root: string, request: HelmRequest): Printed {
  const { chart, release, namespace, kubeVersion, apiVersions, includeCrds, valuesFiles, values = {} } = request
  const flags = ['--namespace', namespace, '--kube-version', kubeVersion]
  for (const version of apiVersions) flags.push('--api-versions', version)
  for (const file of valuesFiles) flags.push('--values', join(root, file))
  if (includeCrds) flags.push('--include-crds')
  const folder = mkdtempSync(join(tmpdir(), 'values-'))
  try {
    const inline = join(folder, 'values.json')
    writeFileSync(inline, JSON.stringify(values))
    const printed = print(root, 'helm', ['template', release, join(root, chart), ...flags, '--values', inline])
    // Where there are no manifests, Helm prints an empty line for them.
    return printed.ok ? { ok: true, text: printed.text.replace(/^\n/, '') } : printed
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function print(root: string, name: string, args: string[]): Printed {
  // An empty environment, so that neither tool finds a configuration or a cluster.
  const options = { encoding: 'utf8', env: { HOME: '/nonexistent' }, maxBuffer: 1 << 30, timeout: 120_000 } as const
  const { status, stdout, stderr, error } = spawnSync(tool(name), args, options)
  if (error) throw error
  if (status === 0) return { ok: true, text: stdout }
  return { ok: false, message: stderr.replaceAll(`${root}/`, '').trim() }
}

function tool(name: string): string {
  const file = join(TOOLS, name)
  if (!existsSync(file)) throw new Error(`${name} is missing from .peers/bin: run npm run peers.`)
  return file
}
