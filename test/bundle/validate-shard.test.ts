import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { brokenMap, configMap, createRepository, type Repository } from './repository.ts'

interface Row {
  apiVersion: string
  kind: string
  count: number
  validated: boolean
  reason?: string
}

let repository: Repository
beforeAll(() => {
  const plain = Array.from({ length: 7 }, (_, index) => [
    `plain/${index}.yaml`,
    index % 2 ? brokenMap(`p${index}`) : configMap(`p${index}`),
  ])
  repository = createRepository({
    ...Object.fromEntries(plain),
    'a/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
    'b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
    'c/kustomization.yaml': 'resources: [x.yaml]\n',
    'c/x.yaml': `${configMap('c')}---\napiVersion: example.com/v1\nkind: Gadget\nmetadata: { name: g }\n`,
    'base/kustomization.yaml': 'resources: [x.yaml]\n',
    'base/x.yaml': `${brokenMap('base')}---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\n`,
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/templates/x.yaml': brokenMap('{{ .Release.Name }}'),
    // The first and last plain files have the same object: a duplicate that two shards might each see half of.
    'plain/9.yaml': configMap('p0'),
  })
})
afterAll(() => repository.dispose())

async function check(...args: string[]) {
  const ran = await gitops(['validate', '--format', 'json', '--skip', 'Secret', ...args], { cwd: repository.root })
  return { ...ran, report: JSON.parse(ran.stdout) }
}

/** A coverage's counts by row, so that shards can be added up. */
function counts(rows: readonly Row[], into: Record<string, number> = {}): Record<string, number> {
  for (const { count, ...row } of rows) into[JSON.stringify(row)] = (into[JSON.stringify(row)] ?? 0) + count
  return into
}

test('coverage adds up to the resources, and the standings do', async () => {
  const { report } = await check()
  const { summary, coverage } = report
  expect(summary).toMatchObject({ resources: 15, sources: 5, skipped: 2, unvalidated: 1 })
  expect(coverage.reduce((sum: number, { count }: Row) => sum + count, 0)).toBe(summary.resources)
  expect(summary.valid + summary.invalid + summary.skipped + summary.unvalidated).toBe(summary.resources)
  expect(coverage.filter(({ validated, reason }: Row) => !validated && !reason)).toEqual([])
  expect(summary.errors).toBe(
    report.findings.filter(({ severity }: { severity: string }) => severity === 'error').length,
  )
})

test('shards are disjoint, and together they are the whole', async () => {
  const whole = (await check()).report
  const shards = await Promise.all([1, 2, 3].map((index) => check('--shard', `${index}/3`)))
  const added: Record<string, number> = {}
  for (const { report } of shards) counts(report.coverage, added)
  expect(added).toEqual(counts(whole.coverage))
  const told = shards.flatMap(({ report }) => report.findings.map((finding: object) => withoutSource(finding)))
  const once = [...new Set(told.map((finding) => JSON.stringify(finding)))].sort()
  expect(once).toEqual(whole.findings.map((finding: object) => JSON.stringify(withoutSource(finding))).sort())
})

test('a shard for which nothing is left is fine where others have work', async () => {
  const { code, report, stderr } = await check('plain/0.yaml', '--shard', '2/999999999')
  expect([code, report.outcome, report.summary.resources]).toEqual([0, 'valid', 0])
  expect(stderr).toContain('shard')
})

/** Which source came first, and how many show a finding, each shard tells of its own. */
function withoutSource(finding: object): object {
  const { source: _, sources: __, resource: ___, ...rest } = finding as Record<string, unknown>
  return rest
}
