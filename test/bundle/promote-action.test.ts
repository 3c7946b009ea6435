import { afterEach, expect, test } from 'vitest'
import { overlay, overlays, type PromoteWorld, promoteWorld } from './promote-world.ts'

const BRANCH = 'gitops/promote/prod/web'
const FILES = overlays({ staging: { web: '1.3.0' }, prod: { web: '1.2.0' } })

let world: PromoteWorld
const start = async (options: Parameters<typeof promoteWorld>[0]) => {
  world = await promoteWorld(options)
  return world
}
afterEach(() => world.close())

test('a version that is due becomes one pull request of one line', async () => {
  const { github, act, changed } = await start({ files: FILES })
  const ran = await act()
  expect(ran).toMatchObject({ code: 0, outputs: { outcome: 'changed', 'pull-request-number': '1' } })
  expect(changed(BRANCH)).toEqual({ 'envs/prod/web/kustomization.yaml': overlay('web', '1.3.0') })
  expect(github.pulls()).toMatchObject([{ state: 'open', title: 'Promote web to prod: 1.3.0' }])
  expect(github.counts()).toMatchObject({ 'pulls/create': 1, 'mutation updateRefs': 1 })
})
