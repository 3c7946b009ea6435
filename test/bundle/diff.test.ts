import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { configMap, createRepository, type Repository } from './repository.ts'

const DOCUMENTED = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'diff.md'), 'utf8')

let repository: Repository
beforeAll(() => {
  repository = createRepository({
    'base/kustomization.yaml': 'resources: [map.yaml]\n',
    'base/map.yaml': configMap('web', { level: 'info' }),
    'envs/prod/kustomization.yaml': 'namespace: prod\nresources: [../../base]\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/values.yaml': 'tag: "1"\n',
    'chart/templates/map.yaml': configMap('chart', { tag: '{{ .Values.tag | quote }}' }),
  })
  repository.commit()
  repository.write({ 'base/map.yaml': configMap('web', { level: 'debug' }), 'other.yaml': 'a: b\n' })
})
afterAll(() => repository.dispose())

function diff(...args: string[]) {
  return gitops(['diff', '--base', 'HEAD', ...args], { cwd: repository.root })
}

describe('the working tree against a revision', () => {
  test('as text, as the guide shows it', async () => {
    const ran = await diff()
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(DOCUMENTED).toContain(`\`\`\`text\n${ran.stdout}\`\`\``)
  })

  test('as JSON', async () => {
    const ran = await diff('--format', 'json')
    const patch = ['-  level: info', '+  level: debug']
    const resource = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'prod', name: 'web', change: 'changed' }
    expect([ran.code, JSON.parse(ran.stdout)]).toEqual([
      0,
      {
        version: 1,
        sources: [
          {
            source: 'envs/prod',
            kind: 'kustomization',
            resources: [{ ...resource, patch: expect.arrayContaining(patch) }],
          },
        ],
        unchangedSources: [],
        unrendered: ['other.yaml'],
      },
    ])
  })

  test('as Markdown, into a file', async () => {
    const ran = await diff('--format', 'markdown', '--output', 'diff.md')
    const written = readFileSync(join(repository.root, 'diff.md'), 'utf8')
    repository.remove('diff.md')
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(written).toContain('<details><summary><code>envs/prod</code>: 1 resource changed</summary>')
    expect(written).toContain('-  level: info\n+  level: debug\n')
  })

  test('what does not render ends with 3, and all else is told', async () => {
    repository.write({ 'chart/values.yaml': 'tag: [\n' })
    const ran = await diff()
    repository.write({ 'chart/values.yaml': 'tag: "1"\n' })
    expect(ran.code).toBe(3)
    expect(ran.stdout).toContain('cannot be rendered: After the change: chart/')
    expect(ran.stdout).toContain('+  level: debug')
  })

  test('without a revision there is nothing to compare with', async () => {
    const ran = await gitops(['diff'], { cwd: repository.root })
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('add --base REV') })
  })
})
