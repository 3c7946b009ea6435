import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REPOSITORY } from '../../version.ts'
import { type Command, commonFlags } from '../command.ts'
import type { World } from '../world.ts'
import { showPromotion } from './promotion.ts'
import { showPullRequest } from './pull-request.ts'
import { openShop } from './shop.ts'

/** Shows the main job on a small repository that it makes and removes again. Opens no socket. */
export const demoCommand: Command = {
  name: 'demo',
  operands: '',
  summary: 'Show a checked pull request and a promotion, on a small repository made for it',
  flags: commonFlags(['text']),
  async run(_request, world) {
    const folder = mkdtempSync(join(tmpdir(), 'gitops-demo-'))
    try {
      return await show(folder, world)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function show(folder: string, world: World): Promise<number> {
  const say = (line: string) => world.sink.report(`${line}\n`)
  const shop = await openShop(folder, world)
  shop.layOver('shop')
  await shop.commit('Two environments of a shop')
  const checked = await showPullRequest(shop, world, say)
  const promoted = await showPromotion(shop, world, say)
  say('\nNothing was installed and nothing fetched: kustomize and Helm are inside. In workflows:\n')
  say(`  - uses: ${REPOSITORY}/actions/validate@v1   # on pull requests; checkout with fetch-depth: 2`)
  say(`  - uses: ${REPOSITORY}/actions/promote@v1    # on pushes and a schedule; checkout with fetch-depth: 0`)
  return checked && promoted ? 0 : 3
}
