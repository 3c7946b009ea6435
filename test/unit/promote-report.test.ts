import { describe, expect, test } from 'vitest'
import { isBlocked, type PromoteReport, reportOf } from '../../src/promote/report.ts'
import { formatPromoteMarkdown } from '../../src/promote/report-markdown.ts'
import { formatPromoteText } from '../../src/promote/report-text.ts'
import { CHAIN, planFor, web } from './promote-world.ts'

const A = `sha256:${'a'.repeat(64)}`

const plan = planFor(
  [
    {
      ...web({ staging: 'web:v2', prod: 'web:v1' }),
      ...web({ staging: 'api:v2', prod: `api:v1@${A}` }, 'api'),
      ...web({ staging: 'db:v2', prod: 'db:v1' }, 'db'),
      'envs/prod/web/x.yaml': 'a: [\n',
    },
  ],
  { config: `${CHAIN}hold: { db@prod: waits for the migration }\n` },
)

test('the JSON contract', () => {
  expect(reportOf(plan)).toEqual({
    version: 1,
    promotions: [
      {
        app: 'api',
        from: 'staging',
        to: 'prod',
        status: 'blocked',
        reason: 'envs/prod/api/kustomization.yaml:4 pins a digest and the source has none for it; pin it there, too.',
        changes: [
          {
            file: 'envs/prod/api/kustomization.yaml',
            line: 3,
            column: 13,
            field: 'tag',
            image: 'api',
            old: 'v1',
            new: 'v2',
          },
        ],
      },
      {
        app: 'db',
        from: 'staging',
        to: 'prod',
        status: 'held',
        reason: 'Waits for the migration.',
        changes: [
          {
            file: 'envs/prod/db/kustomization.yaml',
            line: 3,
            column: 13,
            field: 'tag',
            image: 'db',
            old: 'v1',
            new: 'v2',
          },
        ],
      },
      {
        app: 'web',
        from: 'staging',
        to: 'prod',
        status: 'open',
        branch: 'gitops/promote/prod/web',
        title: 'Promote web to prod: v2',
        changes: [
          {
            file: 'envs/prod/web/kustomization.yaml',
            line: 3,
            column: 13,
            field: 'tag',
            image: 'web',
            old: 'v1',
            new: 'v2',
          },
        ],
      },
    ],
    skipped: [{ file: 'envs/prod/web/x.yaml', line: 2, reason: expect.stringContaining('Not valid YAML') }],
  })
  expect(isBlocked(reportOf(plan))).toBe(true)
  expect(isBlocked({ promotions: reportOf(plan).promotions.slice(1) })).toBe(false)
})

test('a join has a list', () => {
  const config = 'layout: envs/{env}/{app}\nenvironments: { eu: , us: , gov: { from: [eu, us] } }\n'
  const joined = planFor([web({ eu: 'web:v2', us: 'web:v2', gov: 'web:v1' })], { config })
  expect(reportOf(joined).promotions[0]?.from).toEqual(['eu', 'us'])
})

test('text', () => {
  expect(formatPromoteText(reportOf(plan), { colour: false })).toMatchInlineSnapshot(`
    "api  staging → prod  blocked
      envs/prod/api/kustomization.yaml:4 pins a digest and the source has none for it; pin it there, too.
      envs/prod/api/kustomization.yaml:3:13  api tag  v1 → v2

    db  staging → prod  held
      Waits for the migration.
      envs/prod/db/kustomization.yaml:3:13  db tag  v1 → v2

    web  staging → prod  open
      envs/prod/web/kustomization.yaml:3:13  web tag  v1 → v2
      Promote web to prod: v2 (gitops/promote/prod/web)

    Skipped
      envs/prod/web/x.yaml:2  Not valid YAML: deficient indentation.

    3 promotions: 1 open, 1 held, 1 blocked; 1 file skipped
    "
  `)
})

test('markdown', () => {
  expect(formatPromoteMarkdown({ ...reportOf(plan), skipped: [] })).toMatchInlineSnapshot(`
    "**3 promotions: 1 open, 1 held, 1 blocked**

    | Application | From → to | State | Version |
    |---|---|---|---|
    | <code>api</code> | staging → prod | blocked: envs/prod/api/kustomization.yaml:4 pins a digest and the source has none for it; pin it there, too. | <code>api</code> <code>v1</code> → <code>v2</code> |
    | <code>db</code> | staging → prod | held: Waits for the migration. | <code>db</code> <code>v1</code> → <code>v2</code> |
    | <code>web</code> | staging → prod | open | <code>web</code> <code>v1</code> → <code>v2</code> |
    "
  `)
})

test('nothing to do is said', () => {
  const nothing: PromoteReport = { version: 1, promotions: [], skipped: [] }
  expect(formatPromoteText(nothing, { colour: false })).toBe(
    'Nothing to promote: no version differs from its source.\n',
  )
})

describe('hostile names', () => {
  const hostile: PromoteReport = {
    version: 1,
    promotions: [{ app: '::error::x|@org\n##[x]', to: 'prod', status: 'none', reason: '<img> `x` | #1', changes: [] }],
    skipped: [{ file: '::set-output name=x::y', reason: '\u001b[31mred' }],
  }

  test('bring no command, line or sequence into text', () => {
    const text = formatPromoteText(hostile, { colour: false })
    expect(text).not.toMatch(/^\s*::|##\[/m)
    expect(text).not.toContain('\u001b')
    expect(text.split('\n')).toHaveLength(8)
  })

  test('bring no markup or mention into Markdown', () => {
    const text = formatPromoteMarkdown(hostile)
    expect(text).not.toMatch(/<img|@org|#1\b|`x`/)
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(4)
  })
})

test('a table as long as it may be says how much it leaves out', () => {
  const report = reportOf(plan)
  const whole = formatPromoteMarkdown(report)
  const rows = whole.split('\n').filter((line) => line.startsWith('| <code>'))
  const cut = formatPromoteMarkdown(report, Buffer.byteLength(rows[0] as string) + 1)
  expect(cut).toContain(rows[0])
  expect(cut).not.toContain(rows[1])
  expect(cut).toContain('… and 2 more rows.')
})
