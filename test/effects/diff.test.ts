import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'
import { diffTrees } from '../../src/diff/diff.ts'
import type { RenderedDiff } from '../../src/diff/rendered-diff.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { createTree, overlayTree } from '../../src/repository/tree.ts'
import { commandsIn } from '../unit/report-commands.ts'
import { configMap, type Files, Repository } from './diff-repository.ts'

const FILES: Files = {
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'base/map.yaml': configMap('shared', 'x'),
  'envs/dev/kustomization.yaml': 'namespace: dev\nresources: [../../base]\n',
  'envs/prod/kustomization.yaml':
    'namespace: prod\nresources: [../../base]\nconfigMapGenerator: [{ name: web, files: [app.properties] }]\n' +
    'secretGenerator: [{ name: db, literals: [password=canary-1] }]\n',
  'envs/prod/app.properties': 'level=info\n',
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'charts/web/values.yaml': 'tag: "1"\n',
  'charts/web/values-prod.yaml': 'tag: "1"\n',
  'charts/web/templates/map.yaml': `${configMap('chart', '"{{ .Values.tag }}"')}  minor: "{{ .Capabilities.KubeVersion.Minor }}"\n`,
  'plain/both.yaml': `${configMap('one', 'x')}---\n${configMap('two', 'x')}`,
  'plain/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: canary-1 }\n',
  'plain/list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${configMap('item', 'x').replace(/\n(?=.)/g, '\n  ')}`,
  'other.yaml': 'site: a\n',
}

/** Source, then each resource as `change kind name`, with the lines of its patch that differ. */
function told({ sources }: RenderedDiff): Record<string, string[]> {
  const lines = (patch: readonly string[]) =>
    patch.filter((line) => /^[-+]/.test(line)).map((line) => line.replace(/ +/, ''))
  return Object.fromEntries(
    sources.map(({ source, resources, failure }) => [
      source,
      failure === undefined
        ? resources.flatMap(({ change, kind, name, patch }) => [
            `${change} ${kind} ${name}`,
            ...(change === 'changed' ? lines(patch) : []),
          ])
        : [failure],
    ]),
  )
}

describe('the working tree against a revision', () => {
  let repository: Repository
  beforeAll(() => {
    repository = new Repository(FILES)
  })
  afterAll(() => repository.dispose())

  /** Changes some files, `undefined` removes one, and puts all back. */
  async function changing(files: Readonly<Record<string, string | undefined>>, paths = ['.']): Promise<RenderedDiff> {
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) repository.remove(path)
      else repository.write({ [path]: text })
    }
    try {
      return await repository.diff({ paths })
    } finally {
      for (const path of Object.keys(files)) if (!(path in FILES)) repository.remove(path)
      repository.write(FILES)
    }
  }

  test.each<[what: string, files: Readonly<Record<string, string | undefined>>, expected: Record<string, string[]>]>([
    ['nothing', {}, {}],
    [
      'a base shows in every overlay, and not by itself',
      { 'base/map.yaml': configMap('shared', 'z') },
      {
        'envs/dev': ['changed ConfigMap shared', '-a: x', '+a: z'],
        'envs/prod': ['changed ConfigMap shared', '-a: x', '+a: z'],
      },
    ],
    [
      'a generated object keeps its identity with another suffix',
      { 'envs/prod/app.properties': 'level=debug\n' },
      {
        'envs/prod': [
          expect.stringMatching(/^changed ConfigMap web-\w{10}$/),
          '-level=info',
          '+level=debug',
          expect.stringMatching(/^-name: web-\w{10}$/),
          expect.stringMatching(/^\+name: web-\w{10}$/),
        ] as string[],
      },
    ],
    ['a comment changes nothing', { 'plain/both.yaml': `# why\n${FILES['plain/both.yaml']}` }, {}],
    [
      'plain manifests by file',
      {
        'plain/both.yaml': configMap('two', 'z'),
        'plain/new.yaml': configMap('new', 'x'),
        'plain/list.yaml': undefined,
      },
      {
        'plain/both.yaml': ['removed ConfigMap one', 'changed ConfigMap two', '-a: x', '+a: z'],
        'plain/list.yaml': ['removed ConfigMap item'],
        'plain/new.yaml': ['added ConfigMap new'],
      },
    ],
    [
      'a chart with its own values',
      { 'charts/web/values.yaml': 'tag: "2"\n' },
      { 'charts/web': ['changed ConfigMap chart', "-a: '1'", "+a: '2'"] },
    ],
    [
      'a chart with the values of an environment',
      { 'charts/web/values-prod.yaml': 'tag: "2"\n' },
      { 'charts/web with charts/web/values-prod.yaml': ['changed ConfigMap chart', "-a: '1'", "+a: '2'"] },
    ],
    [
      'a new overlay',
      { 'envs/qa/kustomization.yaml': 'namespace: qa\nresources: [../../base]\n' },
      { 'envs/qa': ['added ConfigMap shared'] },
    ],
    [
      'an overlay that others list now is still compared with itself',
      {
        'envs/kustomization.yaml': 'resources: [dev]\n',
        'envs/dev/kustomization.yaml': 'namespace: dev2\nresources: [../../base]\n',
      },
      { envs: ['added ConfigMap shared'], 'envs/dev': ['removed ConfigMap shared', 'added ConfigMap shared'] },
    ],
    [
      'what cannot be rendered any more hides nothing else',
      {
        'base/map.yaml': undefined,
        'plain/both.yaml': `${configMap('one', 'x')}---\na: [\n`,
        'plain/list.yaml': configMap('item', 'z'),
      },
      {
        'envs/dev': [
          expect.stringMatching(/^After the change: base\/kustomization\.yaml:1:13 "map\.yaml" does not exist/),
        ] as string[],
        'envs/prod': [expect.stringMatching(/^After the change: /)] as string[],
        'plain/both.yaml': [
          expect.stringMatching(/^After the change: plain\/both\.yaml:\d+:\d+ Not valid YAML/),
        ] as string[],
        'plain/list.yaml': ['changed ConfigMap item', '-a: x', '+a: z'],
      },
    ],
  ])('%s', async (_, files, expected) => {
    expect(told(await changing(files))).toEqual(expected)
  })

  test('secrets show that they changed and not what they are', async () => {
    const prod = FILES['envs/prod/kustomization.yaml']?.replace('canary-1', 'canary-2') ?? ''
    const secret = FILES['plain/secret.yaml']?.replace('canary-1', 'canary-2') ?? ''
    const diff = await changing({ 'envs/prod/kustomization.yaml': prod, 'plain/secret.yaml': secret })
    const values = ['-a: •••••••• (before)', '+a: •••••••• (after)']
    expect(told(diff)['plain/secret.yaml']).toEqual(['changed Secret s', ...values])
    expect(told(diff)['envs/prod']?.slice(0, 3)).toEqual([
      expect.stringMatching(/^changed Secret db-\w{10}$/),
      '-password: •••••••• (before)',
      '+password: •••••••• (after)',
    ])
    expect(JSON.stringify(diff)).not.toMatch(/canary|Y2FuYXJ5/)
  })

  test('PATH limits which sources are told, not which changes count', async () => {
    const diff = await changing({ 'base/map.yaml': configMap('shared', 'z'), 'plain/both.yaml': '' }, ['envs/dev'])
    expect(Object.keys(told(diff))).toEqual(['envs/dev'])
  })

  test('what changed and shows nowhere is named', async () => {
    const files = { 'other.yaml': 'site: b\n', 'plain/both.yaml': `# why\n${FILES['plain/both.yaml']}` }
    expect(await changing(files)).toEqual({
      sources: [],
      unchangedSources: ['plain/both.yaml'],
      unrendered: ['other.yaml'],
    })
  })

  test('only what a change can affect is rendered', async () => {
    const started: string[][] = []
    const files = new Map(Object.entries(FILES).map(([path, text]) => [path, Buffer.from(text)]))
    const before = createTree([...files.keys()], (path) => files.get(path))
    const edit = { path: 'envs/prod/app.properties', bytes: Buffer.from('level=debug\n') }
    const after = overlayTree(before, new Map([[edit.path, edit.bytes]]))
    const ports = {
      processors: 1,
      startEngines: (...[inputs, options]: Parameters<typeof startEngines>) => {
        started.push([...inputs.keys()].sort())
        return startEngines(inputs, options)
      },
    }
    const diff = await diffTrees(before, after, { changed: [edit.path], config: DEFAULT_CONFIG }, ports)
    expect(Object.keys(told(diff))).toEqual(['envs/prod'])
    const read = [
      'base/kustomization.yaml',
      'base/map.yaml',
      'envs/prod/app.properties',
      'envs/prod/kustomization.yaml',
    ]
    expect(started).toEqual([read, read])
  })
})

describe('links', () => {
  let repository: Repository
  beforeAll(() => {
    repository = new Repository(
      {
        'shared/map.yaml': configMap('shared', 'x'),
        'shared/other.yaml': configMap('other', 'x'),
        'app/kustomization.yaml': 'resources: [map.yaml]\n',
      },
      { 'app/map.yaml': '../shared/map.yaml' },
    )
  })
  afterAll(() => repository.dispose())

  test('are followed on both sides, also where only the file that they lead to changed', async () => {
    repository.write({ 'shared/map.yaml': configMap('shared', 'z') })
    const differs = ['changed ConfigMap shared', '-a: x', '+a: z']
    expect(told(await repository.diff())).toEqual({ app: differs, 'shared/map.yaml': differs })
    repository.write({ 'shared/map.yaml': configMap('shared', 'x') })
  })

  test('that lead elsewhere show what that makes', async () => {
    repository.link('app/map.yaml', '../shared/other.yaml')
    expect(told(await repository.diff())).toEqual({
      app: ['added ConfigMap other', 'removed ConfigMap shared'],
    })
  })
})

describe('the command', () => {
  let repository: Repository
  beforeAll(() => {
    repository = new Repository({ ...FILES, 'charts/lacking/Chart.yaml': 'apiVersion: v2\nname: l\nversion: 1.0.0\n' })
    const hostile = '"::add-mask::x ##[error]y"'
    repository.write({
      'plain/both.yaml': `${configMap('one', hostile)}---\n${configMap('two', 'x')}  block: |\n    ::warning::z\n`,
    })
  })
  afterAll(() => repository.dispose())

  test.each([['text'], ['markdown'], ['json']])(
    'prints %s that says nothing to the runner, and ends with 0',
    (format) => {
      const { code, stdout, stderr } = repository.run('--base', 'HEAD', '--format', format)
      expect({ code, stderr, commands: commandsIn(stdout) }).toEqual({ code: 0, stderr: '', commands: [] })
      expect(stdout).toContain('plain/both.yaml')
    },
  )

  test.each<[what: string, args: string[], code: number, message: string]>([
    ['without a base', [], 2, 'add --base REV'],
    ['with a PATH that is not there', ['--base', 'HEAD', 'nowhere'], 2, 'There is no nowhere'],
    [
      'with a Kubernetes version nobody knows',
      ['--base', 'HEAD', '--kubernetes-version', '9.9'],
      2,
      'Kubernetes 9.9 is unknown',
    ],
    ['with a revision that is not there', ['--base', 'v9'], 3, 'fetch-depth'],
    ['with a revision that is an option', ['--base=--output=x'], 3, 'is not in this clone'],
  ])('%s, ends with what went wrong', (_, args, code, message) => {
    const ran = repository.run(...args)
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) })
  })

  test('ends with 3 where something cannot be rendered, and still tells the rest', () => {
    repository.write({
      'charts/lacking/Chart.yaml':
        'apiVersion: v2\nname: l\nversion: 1.0.0\ndependencies: [{ name: d, version: 1.0.0 }]\n',
    })
    const { code, stdout } = repository.run('--base', 'HEAD')
    expect(code).toBe(3)
    expect(stdout).toContain(
      'After the change: charts/lacking/Chart.yaml:4:24 The chart depends on d, which is not vendored',
    )
    expect(stdout).toContain('+++ ConfigMap one')
  })
})

describe('a tree with edits over it', () => {
  const tree = createTree(['a/x', 'b', 'large'], (path) =>
    path === 'large' ? { skipped: 'too large' } : Buffer.from(path),
  )
  const edited = overlayTree(
    tree,
    new Map([
      ['b', Buffer.from('edited')],
      ['c/new', Buffer.from('new')],
    ]),
  )

  test('has the edits, and all else as it was', () => {
    expect(edited.paths).toEqual(['a/x', 'b', 'c/new', 'large'])
    expect(['a/x', 'b', 'c/new', 'nowhere'].map((path) => edited.read(path)?.toString())).toEqual([
      'a/x',
      'edited',
      'new',
      undefined,
    ])
    expect([edited.isFolder('c'), tree.isFolder('c'), tree.read('b')?.toString()]).toEqual([true, false, 'b'])
  })

  test('says why a file is not read', () => {
    expect([edited.read('large'), edited.skipped.get('large')]).toEqual([undefined, 'too large'])
  })
})
