import { settledReport } from '../../promote/report.ts'
import { formatPromoteText } from '../../promote/report-text.ts'
import { promotionOf } from '../promote.ts'
import { settleRepository } from '../settle.ts'
import type { World } from '../world.ts'
import type { Shop } from './shop.ts'

const NEXT = { file: 'envs/staging/web/kustomization.yaml', old: 'newTag: 1.4.2', by: 'newTag: 1.5.0' }
const BRANCH = 'gitops/promote/prod/web'

/** Second act: a version goes from staging to prod. Tells whether each run did what it should. */
export async function showPromotion(shop: Shop, world: World, say: (line: string) => void): Promise<boolean> {
  await shop.git('checkout', '--quiet', '--', '.')
  shop.replace(NEXT.file, NEXT.old, NEXT.by)
  await shop.commit('Deploy web 1.5.0 to staging')
  await shop.git('push', '--quiet', 'origin', 'main')
  say('\nThe faults are mended. Later, web 1.5.0 is merged to staging.\n')
  say('$ gitops promote --forge git')
  const first = await promote(shop, world)
  await shop.git('fetch', '--quiet', 'origin')
  say(`\n$ git diff main origin/${BRANCH}`)
  const { colour } = world.sink.options
  world.sink.report(await shop.git('diff', `--color=${colour ? 'always' : 'never'}`, 'main', `origin/${BRANCH}`))

  say('\nAnother run finds it as it should be, and does nothing.\n')
  say('$ gitops promote --forge git')
  const second = await promote(shop, world)

  await shop.git('merge', '--quiet', '--no-ff', '--message', 'Merge the promotion', `origin/${BRANCH}`)
  await shop.git('push', '--quiet', 'origin', 'main')
  say('\nSomebody merges the branch.\n')
  say('$ gitops promote --forge git')
  const third = await promote(shop, world)
  return [first, second, third].join() === 'open,unchanged,close'
}

/** @returns what was done with the one promotion that there is */
async function promote({ root }: Shop, world: World): Promise<string | undefined> {
  const inputs = { config: undefined, forge: 'git', remote: 'origin', base: undefined, dryRun: false } as const
  // Where the demo itself runs in a workflow, that repository is not meant.
  const environment = Object.fromEntries(Object.entries(world.environment).filter(([name]) => !/^GITHUB_/.test(name)))
  const settled = await settleRepository(inputs, promotionOf({}, world), {
    ...world,
    environment,
    workingDirectory: root,
  })
  const report = settledReport(settled)
  world.sink.report(formatPromoteText(report, world.sink.options))
  return report.promotions[0]?.status
}
