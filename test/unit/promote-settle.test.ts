import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../src/promote/body.ts'
import { type Circumstances, plan } from '../../src/promote/plan.ts'
import { settledReport } from '../../src/promote/report.ts'
import { settle } from '../../src/promote/rounds.ts'
import { type MemoryForge, memoryForge } from './promote-forge.ts'
import { CHAIN, day, type Files, web, worldOf } from './promote-world.ts'

const BRANCH = 'gitops/promote/prod/web'

async function run(forge: MemoryForge, config = CHAIN, request: Circumstances['request'] & { dryRun?: boolean } = {}) {
  forge.writes.length = 0
  const notes: string[] = []
  const settled = await settle(
    { dryRun: false, ...request },
    {
      forge,
      look: async () => worldOf([forge.files], config, { request }),
      decide: ({ base, config: read }, circumstances) => plan(base, read, day(100), circumstances),
      answerImages: async () => new Map(),
      messageOf: (_, { action }, wanted) =>
        [
          `Gitops-Action: ${action}`,
          ...wanted.request.promotions.map(({ app }) => `Gitops-App: ${app}`),
          `Gitops-To: ${wanted.request.environment}`,
        ].join('\n'),
      bodyOf: async ({ base }, { action }, { request }, block) => bodyOf(request, block, { action, base: base.commit }),
      sleep: async () => {},
      random: () => 0,
      note: (note) => notes.push(note),
      warn: (note) => notes.push(note),
    },
  )
  const { promotions } = settledReport(settled)
  const told = promotions.map(
    ({ app, to, status, pullRequest }) => `${app}→${to} ${status}${pullRequest ? ` #${pullRequest}` : ''}`,
  )
  return { told, writes: [...forge.writes], notes, promotions, failure: settled.failure }
}

const due = () => memoryForge(web({ staging: 'web:v2', prod: 'web:v1' }))
const move = (forge: MemoryForge, files: Files) => {
  forge.files = { ...forge.files, ...files }
}

test('a version that is due gets one pull request, and another run changes nothing', async () => {
  const forge = due()
  expect(await run(forge)).toMatchObject({ told: ['web→prod open #1'], writes: [`write ${BRANCH}`, `open ${BRANCH}`] })
  expect(await run(forge)).toMatchObject({ told: ['web→prod unchanged #1'], writes: [] })
})

test('a newer version goes into the same pull request', async () => {
  const forge = due()
  await run(forge)
  move(forge, web({ staging: 'web:v3' }))
  expect(await run(forge)).toMatchObject({ told: ['web→prod update #1'], writes: [`write ${BRANCH}`, 'update #1'] })
  expect(await run(forge)).toMatchObject({ told: ['web→prod unchanged #1'], writes: [] })
})

test('a base that moves elsewhere needs no new commit', async () => {
  const forge = due()
  await run(forge)
  move(forge, { 'README.md': 'Hello\n' })
  expect(await run(forge)).toMatchObject({ told: ['web→prod unchanged #1'], writes: [] })
})

test('what was merged leaves its branch to be removed', async () => {
  const forge = due()
  await run(forge)
  forge.merge(1)
  expect(await run(forge)).toMatchObject({ told: ['web→prod close'], writes: [`remove ${BRANCH}`] })
  expect(await run(forge)).toMatchObject({ told: [], writes: [] })
})

test('what has nothing to promote any more is closed with the reason', async () => {
  const forge = due()
  await run(forge)
  move(forge, web({ staging: 'web:v1' }))
  expect(await run(forge)).toMatchObject({
    told: ['web→prod close #1'],
    writes: ['close #1: There is nothing left to promote: prod has what its source has.', `remove ${BRANCH}`],
  })
})

test('a version that a person refused is held until the next one, or until it is named', async () => {
  const forge = due()
  await run(forge)
  forge.closeAs(1, 'person')
  forge.branches.delete(BRANCH)
  const held = await run(forge)
  expect(held).toMatchObject({ told: ['web→prod held'], writes: [] })
  expect(held.promotions[0]?.reason).toContain('Pull request #1 with this version was closed by a person')
  expect(await run(forge, CHAIN, { version: 'v2' })).toMatchObject({ told: ['web→prod open #2'] })
  forge.closeAs(2, 'person')
  move(forge, web({ staging: 'web:v3' }))
  expect(await run(forge)).toMatchObject({ told: ['web→prod open #3'] })
})

test('what we closed ourselves is proposed again', async () => {
  const forge = due()
  await run(forge)
  forge.closeAs(1, 'us')
  expect(await run(forge)).toMatchObject({ told: ['web→prod open #2'], writes: [`open ${BRANCH}`] })
})

test('a branch with a commit of somebody else is left alone', async () => {
  const forge = due()
  await run(forge)
  forge.tamper(BRANCH)
  move(forge, web({ staging: 'web:v3' }))
  const held = await run(forge)
  expect(held).toMatchObject({ told: ['web→prod held #1'], writes: [] })
  expect(held.promotions[0]?.reason).toContain('holds a commit of somebody else')
  move(forge, web({ staging: 'web:v1' }))
  expect(await run(forge)).toMatchObject({ writes: [] })
})

test('the label holds it, and stops what would merge it', async () => {
  const forge = due()
  await run(forge)
  const [pull] = forge.pulls.get(BRANCH) ?? []
  Object.assign(pull as object, { labels: ['gitops/hold'], merging: true })
  move(forge, web({ staging: 'web:v3' }))
  expect(await run(forge)).toMatchObject({ told: ['web→prod held #1'], writes: ['stop merging #1'] })
})

test('what waits keeps its pull request, but nothing merges it', async () => {
  const forge = due()
  await run(forge)
  const [pull] = forge.pulls.get(BRANCH) ?? []
  Object.assign(pull as object, { merging: true })
  const frozen = `${CHAIN}freeze: [{ from: 2026-01-01, to: 2026-12-31 }]\n`
  expect(await run(forge, frozen)).toMatchObject({ told: ['web→prod waiting #1'], writes: ['stop merging #1'] })
  expect(await run(forge, frozen)).toMatchObject({ told: ['web→prod waiting #1'], writes: [] })
})

test('labels come last, and are made up for after a run that ended before', async () => {
  const labelled = CHAIN.replace('{ from: staging }', '{ from: staging, labels: [deploy] }')
  const forge = due()
  expect((await run(forge, labelled)).writes).toEqual([`write ${BRANCH}`, `open ${BRANCH}`, 'decorate #1'])
  const [pull] = forge.pulls.get(BRANCH) ?? []
  const unfinished = pull?.body.replace(',"done":true', '') ?? ''
  Object.assign(pull as object, { body: unfinished, labels: [] })
  expect((await run(forge, labelled)).writes).toEqual(['update #1', 'decorate #1'])
  expect((await run(forge, labelled)).writes).toEqual([])
})

test('a text that people changed stays theirs', async () => {
  const forge = due()
  await run(forge)
  const [pull] = forge.pulls.get(BRANCH) ?? []
  Object.assign(pull as object, { title: 'Mine', body: `Mine\n${pull?.body}` })
  expect((await run(forge)).writes).toEqual([])
})

test('what merges by itself goes on through all environments in one run', async () => {
  const auto = CHAIN.replaceAll(/\{ from: (\w+) \}/g, '{ from: $1, merge: auto }')
  const forge = memoryForge(web({ dev: 'web:v2', staging: 'web:v1', prod: 'web:v1' }))
  const ran = await run(forge, auto)
  expect(ran.writes.filter((write) => write.startsWith('merge'))).toEqual(['merge #1', 'merge #2'])
  expect(forge.files).toMatchObject(web({ dev: 'web:v2', staging: 'web:v2', prod: 'web:v2' }))
})

test('many that merge by themselves are opened first, so that no merge moves the base under the next', async () => {
  const auto = `${CHAIN.replace('{ from: staging }', '{ from: staging, merge: auto }')}group: app\n`
  const many = Array.from({ length: 12 }, (_, at) => web({ staging: 'a:v2', prod: 'a:v1' }, `app${at + 10}`))
  const ran = await run(memoryForge(Object.assign({}, ...many)), auto)
  expect(ran.failure).toBeUndefined()
  expect(ran.notes).toEqual(['What was merged may go on to the next environment; reading again.'])
  expect(ran.writes.filter((write) => write.startsWith('merge'))).toHaveLength(12)
})

test('more than ten are one pull request for each environment, and stay one while it is open', async () => {
  const many = Array.from({ length: 12 }, (_, at) => web({ staging: 'a:v2', prod: 'a:v1' }, `app${at + 10}`))
  const forge = memoryForge(Object.assign({}, ...many))
  expect((await run(forge)).writes).toEqual(['write gitops/promote/prod/_all', 'open gitops/promote/prod/_all'])
  const few = many.slice(2).map((_, at) => web({ prod: 'a:v2' }, `app${at + 10}`))
  move(forge, Object.assign({}, ...few))
  expect((await run(forge)).writes).toEqual(['write gitops/promote/prod/_all', 'update #1'])
})

test('a run for one application leaves the others alone', async () => {
  const both = { ...web({ staging: 'a:v2', prod: 'a:v1' }), ...web({ staging: 'b:v2', prod: 'b:v1' }, 'api') }
  const forge = memoryForge(both)
  await run(forge)
  move(forge, { ...web({ staging: 'a:v1' }), ...web({ staging: 'b:v1' }, 'api') })
  expect((await run(forge, CHAIN, { apps: ['web'] })).told).toEqual(['web→prod close #2'])
})

describe('a forge that does not hold still', () => {
  test('a base that moved while it was read is read again', async () => {
    const forge = due()
    const readBase = forge.readBase
    let times = 0
    Object.assign(forge, {
      readBase: async () => (++times === 1 ? { branch: 'main', commit: 'old' } : readBase()),
    })
    const ran = await run(forge)
    expect(ran.told).toEqual(['web→prod open #1'])
    expect(ran.notes).toEqual(['Reading again: the branch main moved.'])
  })

  test('what was done is told when a later step fails', async () => {
    const both = { ...web({ staging: 'a:v2', prod: 'a:v1' }), ...web({ staging: 'b:v2', prod: 'b:v1' }, 'api') }
    const forge = memoryForge(both)
    const write = forge.write
    Object.assign(forge, {
      write: async (change: Parameters<typeof write>[0]) => {
        if (change.branch === BRANCH) throw new Error('the network is gone')
        return write(change)
      },
    })
    const ran = await run(forge)
    expect(ran.told).toEqual(['api→prod open #1', 'web→prod blocked'])
    expect(ran.failure).toMatchObject({ message: 'the network is gone' })
  })

  test('it gives up after ten tries', async () => {
    const forge = due()
    Object.assign(forge, { readBase: async () => ({ branch: 'main', commit: 'elsewhere' }) })
    await expect(run(forge)).rejects.toThrow('did not hold still in 10 tries')
  })
})

test('a dry run tells what would be done, and writes nothing', async () => {
  const forge = due()
  expect(await run(forge, CHAIN, { dryRun: true })).toMatchObject({ told: ['web→prod open'], writes: [] })
})

describe('what a run has merged', () => {
  const auto = CHAIN.replaceAll(/\{ from: (\w+) \}/g, '{ from: $1, merge: auto }')

  test('stays in its report, although the plan of the last round has nothing left', async () => {
    const ran = await run(memoryForge(web({ dev: 'web:v2', staging: 'web:v1', prod: 'web:v1' })), auto)
    expect(ran.told).toEqual(['web→staging open #1', 'web→prod open #2'])
    expect(ran.promotions).toMatchObject([
      { from: 'dev', reason: 'Merged.', branch: 'gitops/promote/staging/web', changes: [{ old: 'v1', new: 'v2' }] },
      { from: 'staging', reason: 'Merged.', branch: BRANCH, changes: [{ old: 'v1', new: 'v2' }] },
    ])
  })

  test('is told even where something of the application is left alone afterwards', async () => {
    const files = web({ staging: ['web:v2', 'proxy:latest'], prod: ['web:v1', 'proxy:v1'] })
    const ran = await run(memoryForge(files), auto)
    expect(ran.told).toEqual(['web→prod open #1'])
  })
})

test('a milestone that nobody has is told where it would have been set', async () => {
  const forge = due()
  const config = `${CHAIN}pull-request: { milestone: Q4 }\n`
  const warning = 'There is no open milestone "Q4"; pull requests go without one.'
  expect((await run(forge, config)).notes).toEqual([warning])
  expect((await run(forge, config)).notes).toEqual([])
})

describe('max-open', () => {
  const three = (files: Files = {}) =>
    Object.assign({}, ...['a', 'b', 'c'].map((app) => web({ staging: 'x:v2', prod: 'x:v1' }, app)), files) as Files
  const capped = `${CHAIN}pull-request: { max-open: 2 }\n`

  test('counts a pull request that stays open although it is held now', async () => {
    const forge = memoryForge(three())
    expect((await run(forge, capped)).told).toEqual(['a→prod open #1', 'b→prod open #2', 'c→prod waiting'])
    const held = `${capped}hold: { a@prod: load test }\n`
    expect((await run(forge, held)).told).toEqual(['a→prod held #1', 'b→prod unchanged #2', 'c→prod waiting'])
    forge.merge(2)
    expect((await run(forge, held)).told).toEqual(['a→prod held #1', 'c→prod open #3', 'b→prod close'])
  })

  test('counts those of other applications where a run is for one', async () => {
    const forge = memoryForge(three())
    await run(forge, capped)
    expect((await run(forge, capped, { apps: ['c'] })).told).toEqual(['c→prod waiting'])
  })

  test('keeps up to date what was open before it was lowered', async () => {
    const forge = memoryForge(three())
    await run(forge)
    move(forge, web({ staging: 'x:v3' }, 'c'))
    expect((await run(forge, capped)).told).toEqual(['a→prod unchanged #1', 'b→prod unchanged #2', 'c→prod update #3'])
  })
})

test('a pull request of a thousand applications fits a body, and is refused as a whole', async () => {
  const many = Array.from({ length: 1000 }, (_, at) => web({ staging: 'a:v2', prod: 'a:v1' }, `an-application-${at}`))
  const forge = memoryForge(Object.assign({}, ...many))
  await run(forge)
  const [pull] = forge.pulls.get('gitops/promote/prod/_all') ?? []
  expect(pull?.body.length).toBeLessThan(65_536)
  expect((await run(forge)).writes).toEqual([])
  forge.closeAs(1, 'person')
  const refused = await run(forge)
  expect(new Set(refused.promotions.map(({ status }) => status))).toEqual(new Set(['held']))
})
