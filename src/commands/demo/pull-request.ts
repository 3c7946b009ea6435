import { readValidateInputs } from '../../inputs/validate.ts'
import { formatText } from '../../report/text.ts'
import { validate } from '../../validate/validate.ts'
import { validatePorts } from '../validate.ts'
import type { World } from '../world.ts'
import type { Shop } from './shop.ts'

/** First act: what the check of a pull request says before and after four faulty lines. Tells whether it said so. */
export async function showPullRequest(shop: Shop, world: World, say: (line: string) => void): Promise<boolean> {
  say('A repository: base/web with overlays for staging and prod, a Helm chart, and a plain manifest.\n')
  say('$ gitops validate')
  const before = await check(shop, [], world)
  shop.layOver('shop-pull-request')
  say('\nA pull request changes four lines.\n')
  say('$ gitops validate --base main')
  const after = await check(shop, ['main'], world)
  return before === 'valid' && after === 'invalid'
}

async function check({ root }: Shop, base: string[], world: World): Promise<string> {
  const inputs = readValidateInputs(new Map([['base', base]]), [])
  const { report, sourceLine } = await validate(inputs, { ...validatePorts(world), workingDirectory: root })
  world.sink.report(formatText(report, { colour: world.sink.options.colour, sourceLine }))
  return report.outcome
}
