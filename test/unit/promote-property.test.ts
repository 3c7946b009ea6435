import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VersionField } from '../../src/image/field.ts'
import type { Plan } from '../../src/promote/plan.ts'
import { day, type Files, kustomization, merged, planFor } from './promote-world.ts'

const CONFIG = `layout: envs/{env}/{app}
environments:
  dev:
  eu: { from: dev }
  us: { from: dev }
  gov: { from: [eu, us] }
  lab: { from: { any: [eu, us] } }
`

const digest = fc.constantFrom('', `@sha256:${'a'.repeat(64)}`, `@sha256:${'b'.repeat(64)}`)
const tag = fc.constantFrom('v1', 'v2', 'v3', '1.10.0', '1e6', 'latest')
const image = fc.tuple(fc.constantFrom('web', 'log'), tag, digest).map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`)
const place = fc
  .tuple(fc.constantFrom('dev', 'eu', 'us', 'gov', 'lab'), fc.constantFrom('a', 'b'))
  .map(([environment, app]) => `envs/${environment}/${app}/kustomization.yaml`)
const commit = fc.dictionary(
  place,
  fc
    .uniqueArray(image, { minLength: 1, maxLength: 2, selector: (name) => name.split(':')[0] })
    .map((images) => kustomization(...images)),
  { minKeys: 1, maxKeys: 6 },
)
const history: fc.Arbitrary<Files[]> = fc.array(commit, { minLength: 1, maxLength: 5 })

/** Many due at once would be grouped, which is not what is tried here. */
const options = { config: `${CONFIG}group: app\n`, now: day(300) }

function fieldOf({ file, image, kind }: VersionField): string {
  return `${file} ${image} ${kind}`
}

test('a plan that is merged, again and again, leaves nothing to do', () => {
  fc.assert(
    fc.property(history, (commits) => {
      const grown = [...commits]
      for (let round = 0; round < 8; round++) {
        const files = merged(planFor(grown, options))
        if (Object.keys(files).length === 0) return
        grown.push(files)
      }
      throw new Error('it never ends')
    }),
    { numRuns: 100 },
  )
})

test('what was merged is not proposed again, as long as its source stands still', () => {
  fc.assert(
    fc.property(history, (commits) => {
      const first = planFor(commits, options)
      const second = planFor([...commits, merged(first)], options)
      const changes = ({ pullRequests }: Plan) =>
        pullRequests.flatMap(({ promotions }) => promotions.flatMap(({ changes }) => changes))
      const moved = new Set(changes(first).map(({ target }) => fieldOf(target)))
      const again = changes(second).filter(
        ({ source, target }) => moved.has(fieldOf(target)) && !moved.has(fieldOf(source)),
      )
      expect(again).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the order of files, and what else is due, changes nothing', () => {
  fc.assert(
    fc.property(history, (commits) => {
      const reversed = commits.map((files) => Object.fromEntries(Object.entries(files).reverse()))
      const plan = planFor(commits, options)
      expect(planFor(reversed, options).promotions).toEqual(plan.promotions)
      const alone = ['a', 'b'].flatMap((app) => planFor(commits, { ...options, request: { apps: [app] } }).pullRequests)
      const byBranch = (list: readonly { branch: string }[]) => [...list].sort((x, y) => (x.branch < y.branch ? -1 : 1))
      expect(byBranch(alone)).toEqual(byBranch(plan.pullRequests))
    }),
    { numRuns: 60 },
  )
})

test('every change takes the text of its source, and every file is of its target', () => {
  fc.assert(
    fc.property(history, (commits) => {
      const { pullRequests } = planFor(commits, options)
      for (const { environment, promotions, files } of pullRequests) {
        for (const { path, before, after } of files) {
          expect(path.startsWith(`envs/${environment}/`)).toBe(true)
          expect(after).not.toEqual(before)
        }
        for (const change of promotions.flatMap(({ changes }) => changes)) {
          expect(change.new).toBe(change.source.value)
          expect(change.old).toBe(change.target.value)
          expect(change.source.kind).toBe(change.target.kind)
        }
      }
    }),
    { numRuns: 100 },
  )
})
