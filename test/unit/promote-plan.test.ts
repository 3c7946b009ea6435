import { describe, expect, test } from 'vitest'
import { CHAIN, day, type Files, kustomization, merged, planFor, reasonOf, told, web } from './promote-world.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`

describe('what a version field says decides', () => {
  test.each<[what: string, source: string | string[], target: string | string[], told: string[], reason?: string]>([
    ['another tag moves', 'web:v2', 'web:v1', ['open v1→v2']],
    ['an equal one is left out', 'web:v1', 'web:v1', []],
    ['a digest moves with its tag', `web:v2@${B}`, `web:v1@${A}`, [`open v1→v2 ${A}→${B}`]],
    ['a digest alone', `web:v1@${B}`, `web:v1@${A}`, [`open ${A}→${B}`]],
    ['a moving tag that is pinned', `web:latest@${B}`, `web:latest@${A}`, [`open ${A}→${B}`]],
    ['a digest that the target lacks is not added', `web:v2@${B}`, 'web:v1', ['open v1→v2']],
    ['no digest is dropped', 'web:v2', `web:v1@${A}`, ['blocked v1→v2'], 'pins a digest and the source has none'],
    ['nor a digest alone', 'web:v2', `web@${A}`, ['blocked'], 'pins a digest'],
    ['a moving tag in the source', 'web:latest', 'web:v1', ['none'], 'may name another image tomorrow'],
    ['what is no tag in the source', 'web:"bad tag!"', 'web:v1', ['blocked v1→bad tag!'], '"bad tag!" is no valid tag'],
    ['a moving tag in the target', 'web:v2', 'web:main', ['none'], 'may name another image tomorrow'],
    ['a moving tag never travels without its digest', `web:latest@${B}`, 'web:v1', ['none'], 'has no digest'],
    ['an image that one side lacks', ['web:v2', 'log:v2'], ['web:v1', 'db:v1'], ['open v1→v2']],
    ['what cannot move does not hold up the rest', ['web:v2', 'log:latest'], ['web:v1', 'log:v1'], ['open v1→v2']],
    ['an invalid tag', 'web:"v1 x"', 'web:v1', ['blocked v1→v1 x'], 'no valid tag'],
    ['a number that YAML changes', 'web:1.10', 'web:"1.9"', ['blocked 1.9→1.10'], 'write "1.10"'],
    ['a tag that differs and one that is equal', ['web:v2', 'log:v1'], ['log:v1', 'web:v1'], ['open v1→v2']],
    ['a blocked image stops its application', ['web:v2', 'log:v2'], ['web:v1', `log:v1@${A}`], [`blocked v1→v2 v1→v2`]],
  ])('%s', (_, source, target, expected, reason = '') => {
    const plan = planFor([web({ staging: source, prod: target })])
    expect(told(plan)).toEqual(expected.map((line) => `web staging→prod ${line}`))
    expect(reasonOf(plan)).toContain(reason)
  })

  test('one blocked application never stops the others', () => {
    const plan = planFor([
      { ...web({ staging: 'web:v2', prod: `web:v1@${A}` }), ...web({ staging: 'api:v2', prod: 'api:v1' }, 'api') },
    ])
    expect(told(plan)).toEqual(['api staging→prod open v1→v2', 'web staging→prod blocked v1→v2'])
    expect(plan.pullRequests.map(({ branch }) => branch)).toEqual(['gitops/promote/prod/api'])
  })

  test('a tag and the same ?ref= move together or not at all', () => {
    const file = (tag: string, ref: string) =>
      `resources:\n  - https://example.org/base?ref=${ref}\n${kustomization(`web:${tag}`)}`
    const files = (source: string, target: string): Files => ({
      'envs/staging/web/kustomization.yaml': source,
      'envs/prod/web/kustomization.yaml': target,
    })
    expect(told(planFor([files(file('v2', 'v2'), file('v1', 'v1'))]))).toEqual(['web staging→prod open v1→v2 v1→v2'])
    expect(told(planFor([files(file('v2', 'main'), file('v1', 'v1'))]))).toEqual(['web staging→prod none'])
    expect(told(planFor([files(kustomization('web:v2'), file('v1', 'v1'))]))).toEqual(['web staging→prod none'])
  })

  test('an image that clusters pin in files of their own holds up nothing', () => {
    const cluster = (environment: string, name: string): Files => ({
      [`envs/${environment}/web/${name}/kustomization.yaml`]: kustomization(`tool:v1@${A}`),
    })
    const files = {
      ...web({ staging: 'web:v2', prod: 'web:v1' }),
      ...cluster('staging', 'one'),
      ...cluster('staging', 'two'),
      ...cluster('prod', 'three'),
      ...cluster('prod', 'four'),
    }
    expect(told(planFor([files]))).toEqual(['web staging→prod open v1→v2'])
  })

  test('files are the same whatever their environment is called', () => {
    const values = (tag: string) => `image: { tag: "${tag}" }\n`
    const files = {
      'envs/staging/web/values-staging.yaml': values('v2'),
      'envs/prod/web/values-prod.yaml': values('v1'),
      'envs/prod/web/values-other.yaml': values('v0'),
    }
    expect(told(planFor([files]))).toEqual(['web staging→prod open v1→v2'])
    expect(merged(planFor([files]))).toEqual({ 'envs/prod/web/values-prod.yaml': values('v2') })
  })

  test('an application that the target does not have is not made there', () => {
    expect(told(planFor([web({ dev: 'web:v2' })]))).toEqual([])
  })

  test('an unreadable file is skipped with its line, and stops nobody', () => {
    const plan = planFor([{ ...web({ staging: 'web:v2', prod: 'web:v1' }), 'envs/prod/web/x.yaml': 'a: [\n' }])
    expect(told(plan)).toEqual(['web staging→prod open v1→v2'])
    expect(plan.skipped).toMatchObject([
      { file: 'envs/prod/web/x.yaml', reason: expect.stringContaining('Not valid YAML') },
    ])
  })

  test.each(['envs/prod', 'envs/prod/web', 'envs/prod/web/kustomization.yaml'])('a link at %s is blocked', (link) => {
    const plan = planFor([{ ...web({ staging: 'web:v2' }), [link]: undefined }])
    expect(told(plan)).toEqual(['web staging→prod blocked'])
    expect(reasonOf(plan)).toBe(`${link} is a symbolic link, which is never followed; put the file itself there.`)
  })
})

describe('aliases', () => {
  const file = (name: string, tag: string, sidecar: string, rest = '') => ({
    [`envs/${name}/web/values.yaml`]: `web:\n  image: { repository: web, tag: ${tag} }\nlog:\n  image: { repository: log, tag: ${sidecar} }\n${rest}`,
  })

  test('follow their anchor where both want the same', () => {
    const plan = planFor([{ ...file('staging', '&v v2', '*v'), ...file('prod', '&v v1', '*v') }])
    expect(told(plan)).toEqual(['web staging→prod open v1→v2 v1→v2'])
    expect(merged(plan)).toEqual(file('prod', '&v v2', '*v'))
  })

  test.each([
    ['an alias alone', file('staging', 'v2', 'v1'), file('prod', '&v v1', '*v'), 'repeated by an alias in line 4'],
    [
      'something else repeated',
      file('staging', 'v2', 'v1'),
      file('prod', '&v v1', 'v1', 'label: *v\n'),
      'alias in line 5',
    ],
    [
      'an anchor that is no version',
      file('staging', 'v2', 'v2'),
      { 'envs/prod/web/values.yaml': `v: &v v1\n${file('prod', '*v', '*v')['envs/prod/web/values.yaml']}` },
      'the value is the one at its anchor',
    ],
  ])('%s is blocked', (_, source, target, reason) => {
    const plan = planFor([{ ...source, ...target }])
    expect(plan.promotions.map(({ status }) => status)).toEqual(['blocked'])
    expect(reasonOf(plan)).toContain(reason)
  })
})

describe('the past decides', () => {
  test.each<[what: string, commits: Files[], told: string[], reason?: string]>([
    [
      'rolled back in the target',
      [
        web({ staging: 'web:v1', prod: 'web:v1' }),
        web({ staging: 'web:v2' }),
        web({ prod: 'web:v2' }),
        web({ prod: 'web:v1' }),
      ],
      ['none'],
      'v2 stood in',
    ],
    [
      'until the source moves on',
      [
        web({ staging: 'web:v1', prod: 'web:v1' }),
        web({ staging: 'web:v2' }),
        web({ prod: 'web:v2' }),
        web({ prod: 'web:v1' }),
        web({ staging: 'web:v3' }),
      ],
      ['open v1→v3'],
    ],
    [
      'also when the rollback came by another version',
      [web({ staging: 'web:v2', prod: 'web:v1' }), web({ prod: 'web:v2' }), web({ prod: 'web:v0' })],
      ['none'],
      'v0 in',
    ],
    [
      'a hotfix in the target',
      [web({ staging: 'web:v1', prod: 'web:v1' }), web({ prod: 'web:v1.1' })],
      ['none'],
      'v1.1 in envs/prod/web/kustomization.yaml:3 never stood in the source',
    ],
    [
      'until the source changes after it',
      [web({ staging: 'web:v1', prod: 'web:v1' }), web({ prod: 'web:v1.1' }), web({ staging: 'web:v2' })],
      ['open v1.1→v2'],
    ],
    [
      'a hotfix after the source had changed',
      [web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2' }), web({ prod: 'web:v1.1' })],
      ['none'],
      'never stood',
    ],
    [
      'both in the first commit, nobody knows of any hotfix',
      [web({ staging: 'web:1a2b3c4', prod: 'web:9f8e7d6' })],
      ['open 9f8e7d6→1a2b3c4'],
    ],
    [
      'both in the first commit, the target newer',
      [web({ staging: 'web:v1.0.0', prod: 'web:v1.0.1' })],
      ['none'],
      'never stood',
    ],
    [
      'versions skipped on the way',
      [web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2' }), web({ staging: 'web:v3' })],
      ['open v1→v3'],
    ],
    [
      'a tag built anew',
      [web({ staging: `web:v1@${A}`, prod: `web:v1@${A}` }), web({ staging: `web:v1@${B}` })],
      [`open ${A}→${B}`],
    ],
    [
      'the same digest rolled back',
      [
        web({ staging: `web:v1@${A}`, prod: `web:v1@${A}` }),
        web({ staging: `web:v1@${B}` }),
        web({ prod: `web:v1@${B}` }),
        web({ prod: `web:v1@${A}` }),
      ],
      ['none'],
      'stood in',
    ],
    [
      'one image rolled back, another new',
      [
        web({ staging: ['web:v1', 'log:v1'], prod: ['web:v1', 'log:v1'] }),
        web({ staging: ['web:v2', 'log:v1'] }),
        web({ prod: ['web:v2', 'log:v1'] }),
        web({ prod: ['web:v1', 'log:v1'] }),
        web({ staging: ['web:v2', 'log:v2'] }),
      ],
      ['open v1→v2'],
    ],
  ])('%s', (_, commits, expected, reason = '') => {
    const plan = planFor(commits)
    expect(told(plan)).toEqual(expected.map((line) => `web staging→prod ${line}`))
    expect(reasonOf(plan)).toContain(reason)
  })

  const ROLLED_BACK = [
    web({ staging: 'web:v1', prod: 'web:v1' }),
    web({ staging: 'web:v2' }),
    web({ prod: 'web:v2' }),
    web({ prod: 'web:v1' }),
  ]

  test.each([
    ['the one rolled back', 'v2', ROLLED_BACK, ['open v1→v2']],
    ['one between', 'v2', [...ROLLED_BACK, web({ staging: 'web:v3' })], ['open v1→v2']],
    ['the one that stands', 'v1', ROLLED_BACK, ['none']],
    ['what both have', 'v1', ROLLED_BACK.slice(0, 1), []],
    ['one that never was', 'v9', ROLLED_BACK, ['blocked']],
  ])('but a person may name %s', (_, version, commits, expected) => {
    const plan = planFor(commits, { request: { version, environments: ['prod'] } })
    expect(told(plan)).toEqual(expected.map((line) => `web staging→prod ${line}`))
  })

  test('of many, those that never had it are passed over, unless they are named or none had it', () => {
    const commits = [
      { ...web({ staging: 'web:v1', prod: 'web:v1' }), ...web({ staging: 'api:v1', prod: 'api:v1' }, 'api') },
      web({ staging: 'web:v2' }),
    ]
    const naming = (version: string, apps?: string[]) =>
      told(planFor(commits, { request: { version, ...(apps && { apps }) } }))
    expect(naming('v2')).toEqual(['api staging→prod none', 'web staging→prod open v1→v2'])
    expect(naming('v2', ['api'])).toEqual(['api staging→prod blocked'])
    expect(naming('v9')).toEqual(['api staging→prod blocked', 'web staging→prod blocked'])
    const plan = planFor(commits, { request: { version: 'v9', apps: ['web'] } })
    expect(reasonOf(plan)).toBe('"v9" never stood in staging; there were v2, v1.')
  })

  test('an environment that the version has yet to come to waits for its turn, unless it is named', () => {
    const commits = [web({ dev: 'web:v1', staging: 'web:v1', prod: 'web:v1' }), web({ dev: 'web:v2' })]
    const request = { version: 'v2', apps: ['web'] }
    expect(told(planFor(commits, { request }))).toEqual(['web dev→staging open v1→v2', 'web staging→prod none'])
    expect(told(planFor(commits, { request: { ...request, environments: ['prod'] } }))).toEqual([
      'web staging→prod blocked',
    ])
  })

  test('a version between whose digest nobody knows any more is blocked', () => {
    const commits = ['v1', 'v2', 'v3'].map((tag, at) =>
      web({ staging: `web:${tag}@${at === 1 ? B : A}`, ...(at === 0 && { prod: `web:v1@${A}` }) }),
    )
    expect(told(planFor(commits, { request: { version: 'v2' } }))).toEqual(['web staging→prod blocked v1→v2'])
  })
})

describe('joins', () => {
  const join = (from: string) => `layout: envs/{env}/{app}\nenvironments: { eu: , us: , gov: { from: ${from} } }\n`
  const first = web({ eu: 'web:v1', us: 'web:v1', gov: 'web:v1' })

  test.each<[from: string, what: string, commits: Files[], told: string[]]>([
    ['[eu, us]', 'both have it', [first, web({ eu: 'web:v2', us: 'web:v2' })], ['web eu+us→gov open v1→v2']],
    ['[eu, us]', 'one has it', [first, web({ eu: 'web:v2' })], ['web eu+us→gov waiting']],
    ['[eu, us]', 'they differ', [first, web({ eu: 'web:v2', us: 'web:v3' })], ['web eu+us→gov waiting']],
    [
      '[eu, us]',
      'one has no such application',
      [{ ...web({ eu: 'web:v1', gov: 'web:v1' }) }, web({ eu: 'web:v2' })],
      ['web eu+us→gov waiting v1→v2'],
    ],
    ['[eu, us]', 'none has changed', [first], []],
    ['{ any: [eu, us] }', 'one has it', [first, web({ us: 'web:v2' })], ['web us→gov open v1→v2']],
    [
      '{ any: [eu, us] }',
      'the newest counts',
      [first, web({ us: 'web:v2' }), web({ eu: 'web:v3' })],
      ['web eu→gov open v1→v3'],
    ],
    [
      '{ any: [eu, us] }',
      'an older one does not come after',
      [first, web({ us: 'web:v2' }), web({ eu: 'web:v3' }), web({ gov: 'web:v3' })],
      [],
    ],
    [
      '{ any: [eu, us] }',
      'a newer one does',
      [first, web({ eu: 'web:v3' }), web({ gov: 'web:v3' }), web({ us: 'web:v4' })],
      ['web us→gov open v3→v4'],
    ],
    [
      '{ any: [eu, us] }',
      'a version from the other is no hotfix',
      [first, web({ us: 'web:v2' }), web({ gov: 'web:v2' }), web({ eu: 'web:v3' })],
      ['web eu→gov open v2→v3'],
    ],
  ])('%s: %s', (from, _, commits, expected) => {
    expect(told(planFor(commits, { config: join(from) }))).toEqual(expected)
  })

  test('a version fans out', () => {
    const config =
      'layout: envs/{env}/{app}\nenvironments: { staging: , eu: { from: staging }, us: { from: staging } }\n'
    expect(told(planFor([web({ staging: 'web:v2', us: 'web:v1', eu: 'web:v1' })], { config }))).toEqual([
      'web staging→eu open v1→v2',
      'web staging→us open v1→v2',
    ])
  })
})

describe('grouping', () => {
  const apps = (count: number) =>
    Object.assign(
      {},
      ...Array.from({ length: count }, (_, at) => web({ staging: `a${at}:v2`, prod: `a${at}:v1` }, `a${at}`)),
    ) as Files

  test.each<[count: number, option: string, open: string[], branches: number, first: string, title: string]>([
    [10, '', [], 10, 'gitops/promote/prod/a0', 'Promote a0 to prod: v2'],
    [11, '', [], 1, 'gitops/promote/prod/_all', 'Promote a0, a1, a10, a2, a3, a4, a5, a6, a7, a8, a9 to prod: v2'],
    [30, '', [], 1, 'gitops/promote/prod/_all', 'Promote 30 applications to prod: v2'],
    [11, 'group: app\n', [], 11, 'gitops/promote/prod/a0', 'Promote a0 to prod: v2'],
    [2, 'group: env\n', [], 1, 'gitops/promote/prod/_all', 'Promote a0, a1 to prod: v2'],
    [2, '', ['gitops/promote/prod/_all'], 1, 'gitops/promote/prod/_all', 'Promote a0, a1 to prod: v2'],
  ])('%i due, %j, open %j', (count, option, open, branches, first, title) => {
    const { pullRequests } = planFor([apps(count)], { config: CHAIN + option, open: new Set(open) })
    expect(pullRequests).toHaveLength(branches)
    expect(pullRequests[0]).toMatchObject({ branch: first, title })
  })

  test('no more are open at once than max-open; those that are stay', () => {
    const config = `${CHAIN}pull-request: { max-open: 2 }\n`
    const plan = planFor([apps(4)], { config, open: new Set(['gitops/promote/prod/a3']) })
    expect(plan.pullRequests.map(({ branch }) => branch)).toEqual(['gitops/promote/prod/a0', 'gitops/promote/prod/a3'])
    expect(told(plan)[1]).toBe('a1 staging→prod waiting v1→v2')
    expect(reasonOf(plan)).toContain('max-open')
  })

  test('what the configuration says of pull requests goes with them, but inferred ones never merge', () => {
    const config =
      'layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging, merge: auto, labels: [x], reviewers: [octocat] } }\n'
    expect(planFor([apps(1)], { config }).pullRequests).toMatchObject([
      { merge: 'auto', labels: ['x'], reviewers: ['octocat'] },
    ])
    expect(planFor([apps(1)], { config: '' }).pullRequests).toMatchObject([{ merge: 'manual', environment: 'prod' }])
  })
})

test('what is asked for by name limits the plan', () => {
  const files = {
    ...web({ dev: 'web:v3', staging: 'web:v2', prod: 'web:v1' }),
    ...web({ staging: 'api:v2', prod: 'api:v1' }, 'api'),
  }
  expect(told(planFor([files], { request: { apps: ['web'] } }))).toEqual([
    'web dev→staging open v2→v3',
    'web staging→prod open v1→v2',
  ])
  expect(told(planFor([files], { request: { environments: ['prod'] } }))).toEqual([
    'api staging→prod open v1→v2',
    'web staging→prod open v1→v2',
  ])
})

test('a change says since when its version stands in the source', () => {
  const plan = planFor([web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2' }), web({ dev: 'web:v2' })])
  expect(plan.promotions[0]?.changes[0]?.since).toMatchObject({ commit: 'c2', time: day(2) })
})

test('byte order mark, line endings and a missing final newline stay as they are', () => {
  const file = (tag: string) => `\ufeff# x\r\nimage: {repository: web,tag: '${tag}'}   # y`
  const files = { 'envs/staging/web/values.yaml': file('v2'), 'envs/prod/web/values.yaml': file('v1') }
  const [request] = planFor([files]).pullRequests
  const after = request?.files[0]?.after ?? new Uint8Array()
  expect(Buffer.from(after)).toEqual(Buffer.from(file('v2')))
})

test('a file signed by SOPS is read, never written', () => {
  const file = (tag: string) => `image: { repository: web, tag: ${tag} }\nsops: { mac: x }\n`
  const signed = { 'envs/staging/web/values.yaml': file('v2'), 'envs/prod/web/values.yaml': file('v1') }
  expect(told(planFor([signed]))).toEqual(['web staging→prod blocked v1→v2'])
  const open = { ...signed, 'envs/prod/web/values.yaml': 'image: { repository: web, tag: v1 }\n' }
  expect(told(planFor([open]))).toEqual(['web staging→prod open v1→v2'])
})

test('an environment whose file cannot be read today does not make its neighbours follow each other', () => {
  const files = web({ dev: 'web:v3', prod: 'web:v1' })
  for (const broken of ['images:\n\t- name: web\n', 'resources: [base]\n']) {
    const plan = planFor([{ ...files, 'envs/staging/web/kustomization.yaml': broken }], { config: '' })
    expect(plan.pullRequests).toEqual([])
  }
})
