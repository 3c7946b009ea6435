import { afterEach, describe, expect, test } from 'vitest'
import { day, type Files, kustomization, merged, reasonOf, web } from '../unit/promote-world.ts'
import { type Asked, Repository } from './rollback-repository.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`
const C = `sha256:${'c'.repeat(64)}`
const KUSTOMIZATION = 'envs/prod/web/kustomization.yaml'
const VALUES = 'envs/prod/web/values.yaml'
const CHART = 'envs/prod/web/Chart.yaml'

const repositories: Repository[] = []

afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function repositoryOf(...commits: Files[]): Repository {
  const repository = new Repository()
  repositories.push(repository)
  for (const files of commits) repository.commit(files)
  return repository
}

const prod = (...images: string[]) => web({ prod: images })

function values(tag: string, digest?: string, rest = ''): Files {
  const pin = digest === undefined ? '' : `  digest: ${digest}\n`
  return { [VALUES]: `# the shop\nimage:\n  repository: web\n  tag: "${tag}" # built by CI\n${pin}${rest}` }
}

function chart(version: string, own = '0.1.0'): Files {
  const dependency = `  - name: base\n    version: ${version}\n    repository: https://charts.example.org\n`
  return { [CHART]: `apiVersion: v2\nname: web\nversion: ${own}\ndependencies:\n${dependency}` }
}

/** `status`, what each change makes, and what part of the reason is. */
type Row = [what: string, commits: Files[], told: string, asked?: Asked, reason?: string]

async function expectTold(commits: Files[], told: string, asked: Asked = {}, reason = ''): Promise<void> {
  const plan = await repositoryOf(...commits).rollback(asked)
  const [promotion] = plan.promotions
  const moves = promotion?.changes.map(({ old, new: value }) => `${old}→${value}`) ?? []
  expect([promotion?.status, ...moves].join(' ')).toBe(told)
  expect(reasonOf(plan)).toContain(reason)
  expect(plan.pullRequests).toHaveLength(promotion?.status === 'open' ? 1 : 0)
}

describe('without a version, the last change is undone', () => {
  test.each<Row>([
    ['a tag of a kustomization', [prod('web:v1'), prod('web:v2')], 'open v2→v1'],
    ['tag and digest of Helm values', [values('v1', A), values('v2', B)], `open v2→v1 ${B}→${A}`],
    ['a digest alone', [values('v1', A), values('v1', B)], `open ${B}→${A}`],
    ['a chart, although only images are promoted', [chart('1.2.3'), chart('1.3.0')], 'open 1.3.0→1.2.3'],
    ['only the last change', [prod('web:v1'), prod('web:v2'), prod('web:v3')], 'open v3→v2'],
    ['a version that came back goes again', [prod('web:v1'), prod('web:v2'), prod('web:v1')], 'open v1→v2'],
    ['all that its commit changed', [prod('web:v1', 'log:v7'), prod('web:v2', 'log:v8')], 'open v2→v1 v8→v7'],
    [
      'what other commits changed stays',
      [prod('web:v1', 'log:v7'), prod('web:v2', 'log:v7'), prod('web:v2', 'log:v8')],
      'open v8→v7',
    ],
    [
      'in all its files',
      [
        { ...prod('web:v1'), ...chart('1.0.0') },
        { ...prod('web:v2'), ...chart('2.0.0') },
      ],
      'open 2.0.0→1.0.0 v2→v1',
    ],
    [
      'not in another environment',
      [web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2', prod: 'web:v2' })],
      'open v2→v1',
    ],
    [
      'nor of another application',
      [{ ...prod('web:v1'), ...web({ prod: 'api:v1' }, 'api') }, prod('web:v2'), web({ prod: 'api:v2' }, 'api')],
      'open v2→v1',
    ],
    [
      'changes of other bytes do not count',
      [values('v1'), values('v2'), values('v2', undefined, 'replicas: 3\n'), { 'README.md': 'x' }],
      'open v2→v1',
    ],
    [
      'in the first environment, too',
      [web({ dev: 'web:v1' }), web({ dev: 'web:v2' })],
      'open v2→v1',
      { environment: 'dev' },
    ],
    [
      'in a file that moved since',
      [
        { 'envs/prod/web/values-old.yaml': values('v1')[VALUES] },
        { 'envs/prod/web/values-old.yaml': values('v2')[VALUES] },
        { 'envs/prod/web/values-old.yaml': undefined, ...values('v2') },
      ],
      'open v2→v1',
    ],
    ['past a time without the file', [prod('web:v1'), { [KUSTOMIZATION]: undefined }, prod('web:v2')], 'open v2→v1'],
    [
      'but its way out and back is no change',
      [prod('web:v1'), prod('web:v2'), { [KUSTOMIZATION]: undefined }, prod('web:v2')],
      'open v2→v1',
    ],
    [
      'a way out and back is older than what changed meanwhile',
      [
        { ...prod('web:v1'), ...chart('1.0.0') },
        prod('web:v2'),
        chart('2.0.0'),
        { [KUSTOMIZATION]: undefined },
        prod('web:v2'),
      ],
      'open 2.0.0→1.0.0',
    ],
    [
      'a way back with another version is a change of its own day',
      [{ ...prod('web:v1'), ...values('v1') }, { [KUSTOMIZATION]: undefined }, values('v7'), prod('web:v2')],
      'open v2→v1',
    ],
    ['a digest is not added again', [prod(`web:v1@${A}`), prod('web:v2')], 'open v2→v1'],
    [
      'a tag never goes back beside the digest of another',
      [prod('web:v1'), prod(`web:v2@${B}`)],
      'blocked v2→v1',
      {},
      'has a digest, and v1 stood without one',
    ],
    [
      'nor a digest beside the tag of another',
      [prod(`web@${A}`), prod(`web:v2@${B}`)],
      `blocked ${B}→${A}`,
      {},
      'would not belong together',
    ],
    [
      'the digest that a tag once had is its own',
      [prod(`web:v2@${B}`), prod('web:v2'), prod(`web:v3@${C}`)],
      `open v3→v2 ${C}→${B}`,
    ],
    ['to a tag that moves by itself', [prod('web:latest'), prod('web:v2')], 'blocked', {}, 'may name another image'],
    ['the first version', [prod('web:v1'), { 'README.md': 'x' }], 'blocked', {}, 'no earlier version in prod'],
    [
      'an image that was added has none',
      [prod('web:v1'), prod('web:v1', 'log:v1')],
      'blocked',
      {},
      'no earlier version',
    ],
    [
      'an application without versions',
      [{ ...web({ dev: 'web:v1' }), [VALUES]: 'replicas: 1\n' }],
      'blocked',
      {},
      'no version of web',
    ],
    ['an application that is elsewhere', [web({ dev: 'web:v1' })], 'blocked', {}, 'no version of web in prod'],
    [
      'an application behind a link',
      [web({ dev: 'web:v1' }), { 'envs/prod/web': '-> ../dev/web' }],
      'blocked',
      {},
      'envs/prod/web is a symbolic link',
    ],
    [
      'what an alias repeats',
      [
        { [VALUES]: 'image: { repository: web, tag: &v v1 }\nlabel: *v\n' },
        { [VALUES]: 'image: { repository: web, tag: &v v2 }\nlabel: *v\n' },
      ],
      'blocked v2→v1',
      {},
      'repeated by an alias in line 2',
    ],
    [
      'a file signed by SOPS',
      [values('v1', undefined, 'sops: { mac: x }\n'), values('v2', undefined, 'sops: { mac: y }\n')],
      'blocked v2→v1',
      {},
      'signed by SOPS',
    ],
  ])('%s', async (_, commits, told, asked, reason) => expectTold(commits, told, asked, reason))

  test('nothing else of its commit goes back', async () => {
    const repository = repositoryOf(
      { ...values('v1', A, 'replicas: 1\n'), 'envs/prod/web/config.yaml': 'a: 1\n' },
      { ...values('v2', B, 'replicas: 5\nnew: true\n'), 'envs/prod/web/config.yaml': 'a: 2\n' },
    )
    expect(merged(await repository.rollback())).toEqual(values('v1', A, 'replicas: 5\nnew: true\n'))
  })

  test('what a branch tried out never stood: its merge is one change', async () => {
    const repository = repositoryOf(prod('web:v1'))
    const merge = repository.merge([prod('web:v8'), prod('web:v9'), prod('web:v2')])
    const plan = await repository.rollback()
    expect(merged(plan)).toEqual(prod('web:v1'))
    expect(plan.promotions[0]?.notes).toEqual([`It undoes ${merge.slice(0, 7)} of 2026-01-05T00:00:00Z.`])
  })

  test('a field that came with the change stays, and is told', async () => {
    const plan = await repositoryOf(prod('web:v1'), prod('web:v2', 'log:v1')).rollback()
    expect(merged(plan)).toEqual(prod('web:v1', 'log:v1'))
    expect(plan.promotions[0]?.left).toEqual([
      `${KUSTOMIZATION}:5 came with or after the change that is undone, and stays.`,
    ])
  })

  test('a change that had itself gone back is told', async () => {
    const plan = await repositoryOf(prod('web:v1'), prod('web:v2'), prod('web:v1')).rollback()
    expect(plan.promotions[0]?.notes?.[1]).toContain('itself gone back to v1; to go further back, name a version')
  })
})

describe('a version that is named', () => {
  const THREE = [values('v1', A), values('v2', B), values('v3', C)]

  test.each<Row>([
    ['comes with the digest that stood with it', THREE, `open v3→v1 ${C}→${A}`, { toVersion: 'v1' }],
    ['is found by its digest', THREE, `open v3→v1 ${C}→${A}`, { toVersion: A }],
    ['is where it is already', THREE, 'none', { toVersion: 'v3' }, 'prod has v3 already'],
    ['never stood', THREE, 'blocked', { toVersion: 'v9' }, 'v9 never stood in prod; there were v3, v2, v1.'],
    ['is no part of another', THREE, 'blocked', { toVersion: 'v' }, 'never stood'],
    [
      'with the newest of its digests',
      [values('v1', A), values('v1', B), values('v2', C)],
      `open v2→v1 ${C}→${B}`,
      { toVersion: 'v1' },
    ],
    [
      'with a digest that stood with it, not one that did not',
      [values('v1', A), values('v1'), values('v2', C)],
      `open v2→v1 ${C}→${A}`,
      { toVersion: 'v1' },
    ],
    ['without one', [values('v1'), values('v2', C)], 'blocked v2→v1', { toVersion: 'v1' }, 'stood without one'],
    [
      'with the ref of the same build',
      ['v1', 'v2', 'v3'].map((version) => ({
        [KUSTOMIZATION]: `resources:\n  - https://example.org/base?ref=${version}\n${kustomization(`web:${version}`)}`,
      })),
      'open v3→v1 v3→v1',
      { toVersion: 'v1' },
    ],
    [
      'wherever it stood',
      [prod('web:v1', 'log:v1', 'db:v5'), prod('web:v2', 'log:v1', 'db:v6'), prod('web:v2', 'log:v2', 'db:v6')],
      'open v2→v1 v2→v1',
      { toVersion: 'v1' },
    ],
    [
      'where it still stands it stays',
      [prod('web:v1', 'log:v1'), prod('web:v2', 'log:v1')],
      'open v2→v1',
      { toVersion: 'v1' },
    ],
    [
      'is not looked for in other environments',
      [web({ staging: 'web:v8', prod: 'web:v1' }), web({ prod: 'web:v2' })],
      'blocked',
      { toVersion: 'v8' },
      'never stood in prod; there were v2, v1',
    ],
    [
      'where it stands already, what moves by itself is left alone',
      [prod('web:v1', 'log:v1'), prod('web:v1', 'log:latest')],
      'none',
      { toVersion: 'v1' },
      'prod has v1 already',
    ],
    [
      'never stood: the latest to go is told first',
      [prod('web:v1', 'log:l1'), prod('web:v2', 'log:l1'), prod('web:v2', 'log:l2')],
      'blocked',
      { toVersion: 'v9' },
      'there were v2, l2, l1, v1.',
    ],
    ['of a chart', [chart('1.0.0'), chart('1.1.0'), chart('2.0.0')], 'open 2.0.0→1.0.0', { toVersion: '1.0.0' }],
    ['with odd signs is quoted', [prod('web:v1')], 'blocked', { toVersion: 'v1\n##[x]' }, '"v1\\n##[x]" never stood'],
  ])('%s', async (_, commits, told, asked, reason) => expectTold(commits, told, asked, reason))

  test('a version on a branch that was merged later never stood', async () => {
    const repository = repositoryOf(prod('web:v1'))
    repository.merge([prod('web:v8'), prod('web:v2')])
    expect(reasonOf(await repository.rollback({ toVersion: 'v8' }))).toContain('never stood')
  })
})

describe('nothing of the calendar stops it', () => {
  const COMMITS = [
    prod('web:v1'),
    { [KUSTOMIZATION]: 'images:\n  - name: web\n    newTag: v2 # gitops: hold because we measure\n' },
  ]
  const config = (rest: string, top = '') =>
    `layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging${rest} } }\n${top}`

  test.each([
    [
      'a freeze',
      config('', 'freeze: [ { from: 2026-02-20, to: 2026-03-05 } ]\n'),
      'Frozen until 2026-03-06T00:00:00Z; a rollback goes ahead',
    ],
    ['a window', config(', windows: ["Mon-Fri 09:00-10:00 UTC"]'), 'Outside Mon-Fri 09:00-10:00 UTC'],
    [
      'a hold',
      config('', 'hold: { web@prod: waits for the migration }\n'),
      'Held: waits for the migration; a rollback goes ahead',
    ],
    ['a comment', config(''), 'Held: '],
    ['soak, checks and health of the source', config(', soak: 30d, checks: [e2e], health: argocd'), 'It undoes'],
  ])('%s', async (_, text, note) => {
    const plan = await repositoryOf(...COMMITS).rollback({ config: text })
    expect(plan.promotions).toMatchObject([{ status: 'open', gates: [] }])
    expect(plan.promotions[0]?.notes?.join(' ')).toContain(note)
    expect(plan.questions).toEqual([])
  })
})

describe('the registry', () => {
  const config =
    'layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging } }\nimages: { web: { verify: exists } }\n'
  const question = { ask: 'image', need: 'exists', image: 'web', tag: 'v1' }
  const key = JSON.stringify(['image', 'exists', 'web', 'v1', ''])

  test.each([
    ['has it', { is: 'yes' }, 'open', ''],
    ['does not have it', { is: 'no' }, 'blocked', 'The registry does not have web:v1.'],
    ['is down', { is: 'unknown', reason: '503' }, 'open', ''],
  ] as const)('%s', async (_, answer, status, reason) => {
    const repository = repositoryOf(prod('web:v1'), prod('web:v2'))
    expect((await repository.rollback({ config })).questions).toEqual([question])
    const plan = await repository.rollback({ config, answers: new Map([[key, answer]]) })
    expect(plan.promotions).toMatchObject([{ status }])
    expect(reasonOf(plan)).toBe(reason)
    const known = plan.promotions[0]?.notes?.some((note) =>
      note.startsWith('Cannot know whether the registry has web:v1 (503)'),
    )
    expect(known ?? false).toBe(answer.is === 'unknown')
  })
})

test('the pull request is of one application, whatever the configuration groups and caps', async () => {
  const config =
    'layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging, merge: auto, labels: [x], reviewers: [octocat] } }\ngroup: env\npull-request: { max-open: 1, title: "Promote {app}" }\n'
  const plan = await repositoryOf(prod('web:v1'), prod('web:v2')).rollback({ config, now: day(9) })
  expect(plan).toMatchObject({
    action: 'rollback',
    pullRequests: [
      {
        branch: 'gitops/rollback/prod/web',
        title: 'Roll back web in prod to v1',
        grouped: false,
        merge: 'auto',
        labels: ['x'],
        reviewers: ['octocat'],
      },
    ],
  })
})

describe('the order of environments does not matter', () => {
  const colours = (config?: string): Files[] => {
    const files = (version: string) => web({ blue: `web:${version}`, lab: 'web:v9', prod: `web:${version}` })
    return [files('v1'), files('v2')].map((each) => ({ ...each, ...(config && { '.gitops.yaml': config }) }))
  }
  test.each([
    [
      'no environment says where its versions come from',
      'blue',
      'layout: envs/{env}/{app}\nenvironments: { blue: , lab: }\n',
    ],
    ['a layout says it all', 'blue', 'layout: envs/{env}/{app}\n'],
    ['nothing is configured, and nobody knows where one comes in', 'lab', ''],
  ])('where %s', async (_, environment, config) => {
    const repository = repositoryOf(...colours(), web({ lab: 'web:v10' }))
    const { promotions } = await repository.rollback({ environment, config })
    expect(promotions).toMatchObject([{ status: 'open', changes: [{ new: environment === 'blue' ? 'v1' : 'v9' }] }])
  })
})

test('what could not be read of the application is told, of others it is not', async () => {
  const broken = { 'envs/prod/web/x.yaml': 'a: [\n', 'envs/prod/api/x.yaml': 'a: [\n', 'envs/dev/web/x.yaml': 'a: [\n' }
  const plan = await repositoryOf({ ...prod('web:v1'), ...broken }, prod('web:v2')).rollback()
  expect(plan.promotions).toMatchObject([{ status: 'open' }])
  expect(plan.skipped).toMatchObject([{ file: 'envs/prod/web/x.yaml' }])
})
