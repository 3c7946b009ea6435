import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { brokenMap, configMap, createRepository, type Repository } from './repository.ts'

interface Found {
  rule: string
  file: string
  line: number
  introduced?: boolean
}

async function check(repository: Repository, ...args: string[]) {
  const ran = await gitops(['validate', '--format', 'json', ...args], { cwd: repository.root })
  const report = ran.stdout === '' ? undefined : JSON.parse(ran.stdout)
  const findings = ((report?.findings ?? []) as Found[]).map(
    ({ rule, file, line, introduced }) => `${introduced ? 'new' : 'old'} ${rule} ${file}:${line}`,
  )
  return { ...ran, report, findings }
}

let repository: Repository
beforeAll(() => {
  repository = createRepository({
    'a.yaml': brokenMap('a'),
    'b.yaml': brokenMap('b'),
  })
  repository.commit('Base')
  repository.git('tag', 'base')
})
afterAll(() => repository.dispose())

/** Each case starts from the base's tree, changes it without committing, and goes back. */
async function changed(change: () => void, ...args: string[]) {
  change()
  try {
    return await check(repository, '--base', 'base', ...args)
  } finally {
    repository.git('reset', '--quiet', '--hard', 'base')
    repository.git('clean', '--quiet', '-fd')
  }
}

describe('only what is new decides', () => {
  test('nothing changed', async () => {
    const { code, findings, report } = await changed(() => {})
    expect(findings).toEqual(['old schema/invalid a.yaml:5', 'old schema/invalid b.yaml:5'])
    expect([code, report.outcome, report.summary.errors]).toEqual([0, 'valid', 2])
  })

  test('a new error', async () => {
    const { code, findings, report } = await changed(() => repository.write({ 'c.yaml': brokenMap('c') }))
    expect(findings).toContain('new schema/invalid c.yaml:5')
    expect([code, report.outcome]).toEqual([1, 'invalid'])
  })

  test('each shard knows the whole base', async () => {
    // One source more, and every other falls to another shard than it does in the base.
    const source = (name: string) => ({
      [`${name}/kustomization.yaml`]: 'resources: [map.yaml]\n',
      [`${name}/map.yaml`]: brokenMap(name),
    })
    const base = createRepository({ ...source('b'), ...source('c'), ...source('d') })
    base.commit('Base')
    base.write(source('a'))
    const shards = await Promise.all(['1/2', '2/2'].map((shard) => check(base, '--base', 'HEAD', '--shard', shard)))
    base.dispose()
    expect(shards.flatMap(({ findings }) => findings).sort()).toEqual([
      'new schema/invalid a/map.yaml:5',
      'old schema/invalid b/map.yaml:5',
      'old schema/invalid c/map.yaml:5',
      'old schema/invalid d/map.yaml:5',
    ])
  })

  test('nothing that could be checked, as before, is not valid', async () => {
    const unreadable = createRepository({ 'a.yaml': 'a: [\n' })
    unreadable.commit('Base')
    const { code, report, stderr } = await check(unreadable, '--base', 'HEAD')
    unreadable.dispose()
    expect([code, report.outcome, report.summary.resources]).toEqual([1, 'invalid', 0])
    expect(stderr).toContain('Nothing to check was found')
  })

  test('lines moved, nothing new', async () => {
    const { code, findings } = await changed(() => repository.write({ 'a.yaml': `# moved\n\n${brokenMap('a')}` }))
    expect([code, findings[0]]).toEqual([0, 'old schema/invalid a.yaml:7'])
  })

  test('a file renamed brings nothing new', async () => {
    const { code, findings } = await changed(() => repository.git('mv', 'a.yaml', 'z.yaml'))
    expect([code, findings]).toEqual([0, ['old schema/invalid b.yaml:5', 'old schema/invalid z.yaml:5']])
  })

  test('a second error of the same kind is new', async () => {
    const twice = `${brokenMap('a')}---\n${brokenMap('a2')}`
    const { code, findings } = await changed(() => repository.write({ 'a.yaml': twice }))
    expect([code, findings.filter((each) => each.startsWith('new'))]).toEqual([1, ['new schema/invalid a.yaml:11']])
  })

  test('deleting a file that a kustomization lists, and one more overlay over an old fault', async () => {
    const rendered = createRepository({
      'base/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
      'base/one.yaml': brokenMap('one'),
      'base/two.yaml': configMap('two'),
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
    })
    rendered.commit()
    rendered.write({ 'again/kustomization.yaml': 'resources: [../base]\nnamePrefix: again-\n' })
    const overlay = await check(rendered, '--base', 'HEAD')
    expect([overlay.code, overlay.findings]).toEqual([0, ['old schema/invalid base/one.yaml:5']])
    rendered.remove('base/two.yaml')
    const deleted = await check(rendered, '--base', 'HEAD')
    expect(deleted.code).toBe(1)
    expect(deleted.findings).toContain('new render/kustomize base/kustomization.yaml:1')
    rendered.dispose()
  })

  test('a new warning decides with --fail-on warning', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: nginx }] }\n'
    const change = () => repository.write({ 'p.yaml': pod })
    expect((await changed(change)).code).toBe(0)
    expect((await changed(change, '--fail-on', 'warning')).code).toBe(1)
    expect((await changed(() => {}, '--fail-on', 'warning')).code).toBe(0)
  })
})

describe('the configuration of the base counts', () => {
  test('a change cannot silence its own error', async () => {
    const { code, findings } = await changed(() =>
      repository.write({
        'c.yaml': brokenMap('c'),
        '.gitops.yaml': 'validate: { ignore: ["**"], rules: { schema/invalid: { severity: off, reason: mine } } }\n',
      }),
    )
    expect([code, findings.at(-1)]).toEqual([1, 'new schema/invalid c.yaml:5'])
  })

  test('a broken one in the tree is a finding', async () => {
    const { code, findings, report } = await changed(() => repository.write({ '.gitops.yaml': 'envronments: {}\n' }))
    expect([code, findings[0], report.outcome]).toEqual([1, 'new config/invalid .gitops.yaml:1', 'invalid'])
  })

  test('one that is not even text is a finding, too', async () => {
    const { code, findings } = await changed(() =>
      repository.write({ '.gitops.yaml': Buffer.from([0xff, 0xfe, 0x41]) }),
    )
    expect([code, findings[0]]).toEqual([1, 'new config/invalid .gitops.yaml:1'])
  })

  test('without a base a broken one is exit 2', async () => {
    repository.write({ '.gitops.yaml': '\nvalidate: { rules: { schema/invalid: { severity: off } } }\n' })
    const ran = await check(repository)
    repository.remove('.gitops.yaml')
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/\.gitops\.yaml:2:\d+ .*reason/) })
  })

  test('a broken one of the base is exit 2, whatever the tree has', async () => {
    const broken = createRepository({ '.gitops.yaml': 'layuot: x\n', 'a.yaml': configMap('a') })
    broken.commit()
    broken.write({ '.gitops.yaml': '{}\n' })
    const ran = await check(broken, '--base', 'HEAD')
    expect(ran).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(
        '.gitops.yaml:1:1 "layuot" is not a key of .gitops.yaml; did you mean `layout`? (in the base ',
      ),
    })
    broken.dispose()
  })
})

describe('a base that is not there is exit 3, naming fetch-depth: 2', () => {
  test.each([
    ['nowhere'],
    ['base:a.yaml'],
    ['0123456789012345678901234567890123456789'],
    ['--help'],
    ['-'],
    ['a b'],
    ['HEAD~9'],
  ])('%s', async (revision) => {
    const ran = await check(repository, `--base=${revision}`)
    expect(ran).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('fetch-depth: 2') })
  })
})

describe('refusals', () => {
  const REMOTE = {
    'r/kustomization.yaml': 'resources:\n  - https://example.com/x.yaml\n  - own.yaml\n',
    'r/own.yaml': configMap('own'),
  }
  const SILENCED = {
    '.gitops.yaml':
      'validate:\n  rules:\n    render/refused: { severity: off, reason: rendered elsewhere, paths: [r/**] }\n',
  }

  test('silenced in the base, its source is skipped', async () => {
    const silenced = createRepository({ ...REMOTE, ...SILENCED, 'a.yaml': configMap('a') })
    silenced.commit()
    for (const args of [[], ['--base', 'HEAD']]) {
      const { code, report, stderr } = await check(silenced, ...args)
      expect([code, report.outcome, report.findings]).toEqual([0, 'valid', []])
      expect(report.summary).toMatchObject({ sources: 2, resources: 2, valid: 1, skipped: 1 })
      expect(report.coverage).toContainEqual(
        expect.objectContaining({ kind: 'Kustomization', count: 1, validated: false }),
      )
      expect(stderr).toContain('1 finding silenced')
    }
    silenced.dispose()
  })

  test('silenced only in the change, it is refused all the same', async () => {
    const { code, report } = await changed(() => repository.write({ ...REMOTE, ...SILENCED }))
    expect([code, report.outcome]).toEqual([3, 'refused'])
  })

  test('a comment does not silence it', async () => {
    const text = REMOTE['r/kustomization.yaml'].replace('x.yaml', 'x.yaml # gitops: ignore render/refused because fine')
    const { code } = await changed(() => repository.write({ ...REMOTE, 'r/kustomization.yaml': text }))
    expect(code).toBe(3)
  })
})
