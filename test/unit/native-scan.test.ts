import { describe, expect, test } from 'vitest'
import { createTree } from '../../src/repository/tree.ts'
import { openFiles } from '../../src/source/files.ts'
import { openGraph } from '../../src/source/graph.ts'
import type { NativeUse } from '../../src/source/native-scan.ts'
import { DEFAULT_YAML_LIMITS } from '../../src/yaml/limits.ts'

/** The faults of `app/kustomization.yaml`, as LINE:COLUMN MESSAGE. */
function faults(native: NativeUse | undefined, kustomization: string | Uint8Array, more: Record<string, string> = {}) {
  const encode = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content
  const contents = new Map(
    Object.entries({ 'app/kustomization.yaml': kustomization, ...more }).map(([path, text]) => [path, encode(text)]),
  )
  const files = openFiles(
    createTree([...contents.keys()], (path) => contents.get(path)),
    DEFAULT_YAML_LIMITS,
  )
  return openGraph(files, native)
    .scan('app')
    .faults.map(({ rule, place, message }) => `${rule} ${place.line}:${place.column} ${message}`)
}

const OFFLINE = { allowRemote: false }
const REMOTE = { allowRemote: true }
const CHART = { 'app/charts/web/Chart.yaml': 'name: web\n' }

describe('what is remote', () => {
  const base = 'resources:\n  - https://github.com/example/repo//deploy?ref=v1.2.3\n'

  test('is refused, unless it may be fetched', () => {
    const refused = [
      'render/refused 2:5 "https://github.com/example/repo//deploy?ref=v1.2.3" is not rendered: it is remote; commit it, or have it fetched by --renderer native --allow-remote.',
    ]
    expect(faults(undefined, base)).toEqual(refused)
    expect(faults(OFFLINE, base)).toEqual(refused)
    expect(faults(REMOTE, base)).toEqual([])
  })

  test.each([
    ['github.com/example/repo/deploy?ref=main'],
    ['github.com:example/repo'],
    ['https://example.com/a/b.git//deploy?ref=feature/x&timeout=90s'],
    ['http://example.com/manifests.yaml'],
  ])('%s may be fetched', (address) => {
    expect(faults(REMOTE, `resources: [${JSON.stringify(address)}]`)).toEqual([])
  })

  test.each([
    ['git@github.com:example/repo.git', 'only addresses with https:// are fetched'],
    ['ssh://git@example.com/repo.git', 'only addresses with https:// are fetched'],
    ['file:///etc//x', 'only addresses with https:// are fetched'],
    ['git::https://example.com/a.git', 'only addresses with https:// are fetched'],
    ['https://example.com/a.git?ref=--upload-pack=x', 'its ref is not the name of one'],
    ['https://example.com/a.git?ref=%2d-upload-pack=x', 'its ref is not the name of one'],
    ['https://example.com/a.git?version=-x&ref=v1', 'its ref is not the name of one'],
  ])('%s is refused also then', (address, why) => {
    expect(faults(REMOTE, `resources: [${JSON.stringify(address)}]`)).toEqual([
      `render/refused 1:13 ${JSON.stringify(address)} is not rendered: ${why}.`,
    ])
  })

  test('a remote plugin is refused also then', () => {
    expect(faults(REMOTE, 'generators: ["https://example.com/generator.yaml"]')).toEqual([
      'render/refused 1:14 "https://example.com/generator.yaml" is not rendered: it is remote; commit it, or have it fetched by --renderer native --allow-remote.',
    ])
  })

  test('a chart that is not vendored is fetched from its repository', () => {
    const chart = (repo: string) => `helmCharts:\n  - name: web\n    version: 1.0.0\n    repo: ${repo}\n`
    expect(faults(OFFLINE, chart('https://charts.example.com'))).toHaveLength(1)
    expect(faults(REMOTE, chart('https://charts.example.com'))).toEqual([])
    expect(faults(REMOTE, chart('oci://example.com/charts'))).toEqual([])
    expect(faults(REMOTE, chart('s3://bucket'))).toEqual([
      "render/refused 4:11 The chart's repo has neither https:// nor oci://, so it is not given to helm.",
    ])
    expect(faults(REMOTE, 'helmCharts: [{ name: web }]')[0]).toMatch(/it names no repo to fetch it from\.$/)
  })
})

describe('what executes', () => {
  test.each([OFFLINE, REMOTE])('is refused with %j', (native) => {
    const plugin = { 'app/plugin.yaml': 'apiVersion: example.com/v1\nkind: Program\nmetadata: { name: x }\n' }
    expect(faults(native, 'generators: [plugin.yaml]', plugin)).toEqual([
      'render/refused 1:14 This plugin would run a program (a function, an executable or a container), so it is not rendered; commit what it makes.',
    ])
  })
})

describe('what could reach the machine', () => {
  test.each<[string, string, string]>([
    ['an option as release name', 'releaseName: --post-renderer=sh', "The chart's releaseName starts with a hyphen"],
    ['an option among versions', 'apiVersions: [v1, -f]', "The chart's apiVersions starts with a hyphen"],
    ['a version with a path', 'version: 1/../../x', "The chart's version is not a version"],
  ])('%s', (_title, field, message) => {
    const kustomization = `helmCharts:\n  - name: web\n    ${field}\n`
    expect(faults(undefined, kustomization, CHART)).toEqual([])
    expect(faults(OFFLINE, kustomization, CHART).map((fault) => fault.replace(/^\S+ \d+:\d+ /, ''))).toEqual([
      `${message}, so it is not given to helm.`,
    ])
  })

  test('a chart beyond its home, whose values kustomize would write there', () => {
    const [fault] = faults(OFFLINE, 'helmCharts: [{ name: ../charts/web }]', CHART)
    expect(fault).toBe(`render/refused 1:22 The chart's name is not the name of a chart, so it is not given to helm.`)
  })

  test("Helm's own configuration outside the repository", () => {
    expect(
      faults(OFFLINE, 'helmGlobals:\n  configHome: /root/.config/helm\nhelmCharts: [{ name: web }]', CHART),
    ).toEqual(['render/refused 2:15 configHome leaves the repository, so it is not given to helm.'])
  })

  test.each([
    ['Resources', 'Resources: [/etc/x.yaml]'],
    ['RESOURCES', 'RESOURCES: [/etc/x.yaml]'],
    ['reſources', 'reſources: [/etc/x.yaml]'],
    ['Files', 'configMapGenerator: [{ name: a, Files: [/etc/passwd] }]'],
    ['Path', 'patches: [{ Path: /etc/passwd }]'],
    ['helmcharts', 'helmcharts: [{ name: web, repo: "https://example.com" }]'],
    ['releasename', 'helmCharts: [{ name: web, releasename: --x }]'],
  ])('the field %s, which only kustomize takes for one', (field, kustomization) => {
    expect(faults(undefined, kustomization, CHART)).toEqual([])
    const [fault] = faults(OFFLINE, kustomization, CHART)
    expect(fault).toContain(`${JSON.stringify(field)} is read as `)
  })

  test('labels and values may be called what they like', () => {
    const kustomization =
      'commonLabels: { Path: a, Files: b }\nhelmCharts: [{ name: web, valuesInline: { Path: /x } }]\n'
    expect(faults(OFFLINE, kustomization, CHART)).toEqual([])
  })

  test.each<[string, string | Uint8Array]>([
    ['in UTF-16', new Uint8Array([0xff, 0xfe, ...Buffer.from('resources: [/etc/x.yaml]', 'utf16le')])],
    ['with broken YAML', 'resources: [a\n---\nnamePrefix: x\n'],
  ])('a kustomization %s', (_title, kustomization) => {
    expect(faults(OFFLINE, kustomization).map((fault) => fault.replace(/\d+:1 /, ''))).toEqual([
      'render/refused This kustomization cannot be read as a whole, so it is not given to kustomize.',
    ])
  })

  test.each<[string, string, string]>([
    ['files: [/etc/passwd]', 'ConfigMapGenerator', 'It names a file outside the repository.'],
    ['files: [key=../../etc/passwd]', 'ConfigMapGenerator', 'It names a file outside the repository.'],
    ['path: https://127.0.0.1/x', 'PatchTransformer', 'It names something remote.'],
    ['replacements: [{ path: /etc/x }]', 'ReplacementTransformer', 'It names a file outside the repository.'],
    [
      'configHome: /root',
      'HelmChartInflationGenerator',
      'configHome leaves the repository, so it is not given to helm.',
    ],
    [
      'releaseName: --x',
      'HelmChartInflationGenerator',
      "The chart's releaseName starts with a hyphen, so it is not given to helm.",
    ],
  ])('a plugin that says %s', (field, kind, reason) => {
    const plugin = { 'app/plugin.yaml': `apiVersion: builtin\nkind: ${kind}\nmetadata: { name: x }\n${field}\n` }
    expect(faults(undefined, 'generators: [plugin.yaml]', plugin)).toEqual([])
    expect(faults(OFFLINE, 'generators: [plugin.yaml]', plugin)).toEqual([
      `render/refused 1:14 This plugin is not run: ${reason}`,
    ])
  })

  test('an ordinary plugin is run', () => {
    const plugin = {
      'app/plugin.yaml':
        'apiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: x }\npath: ../patch.yaml\ntarget: { name: /.*/ }\n' +
        'fieldSpecs: [{ path: metadata/labels }]\n',
    }
    expect(faults(OFFLINE, 'transformers: [plugin.yaml]', plugin)).toEqual([])
  })
})
