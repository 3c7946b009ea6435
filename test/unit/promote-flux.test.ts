import { expect, test } from 'vitest'
import { type Files, planFor, reasonOf, told } from './promote-world.ts'

const MARKED = ' # {"$imagepolicy": "flux-system:web"}'

/** HelmReleases of one application; `mark` stands beside the version of prod. */
function releases(mark: string): Files {
  const release = (tag: string, comment: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web }\nspec:\n  values:\n    image: acme/web:${tag}${comment}\n`
  return { 'envs/staging/web/release.yaml': release('v2', ''), 'envs/prod/web/release.yaml': release('v1', mark) }
}

const policy = (metadata: string, apiVersion = 'image.toolkit.fluxcd.io/v1') =>
  `kind: Other\n---\napiVersion: ${apiVersion}\nkind: ImagePolicy\nmetadata: { ${metadata} }\nspec: {}\n`

test.each<[what: string, mark: string, policies: Files, status: string]>([
  ['a policy of this repository writes it', MARKED, { 'flux/web.yaml': policy('name: web') }, 'none'],
  ['in the namespace of the marker', MARKED, { 'flux/web.yaml': policy('name: web, namespace: flux-system') }, 'none'],
  ['the policy is within the layout', MARKED, { 'envs/prod/web/policy.yaml': policy('name: web') }, 'none'],
  ['in another namespace', MARKED, { 'flux/web.yaml': policy('name: web, namespace: other') }, 'open v1→v2'],
  ['another policy', MARKED, { 'flux/web.yaml': policy('name: webs') }, 'open v1→v2'],
  ['no policy: others use markers, too', MARKED, {}, 'open v1→v2'],
  ['a policy of something else', MARKED, { 'flux/web.yaml': policy('name: web', 'example.org/v1') }, 'open v1→v2'],
  ['a policy that cannot be read', MARKED, { 'flux/web.yaml': 'kind: ImagePolicy\n - ]' }, 'open v1→v2'],
  ['a policy of another field', '', { 'flux/web.yaml': policy('name: web') }, 'open v1→v2'],
])('%s', (_, mark, policies, status) => {
  const plan = planFor([{ ...releases(mark), ...policies }])
  expect(told(plan)).toEqual([`web staging→prod ${status}`])
})

test('what is left to Flux is told, with the cure', () => {
  const plan = planFor([{ ...releases(MARKED), 'flux/web.yaml': policy('name: web') }])
  expect(reasonOf(plan)).toBe(
    'envs/prod/web/release.yaml:6: Flux sets it by the image policy flux-system:web (flux/web.yaml) and would undo an edit; remove its comment to promote it instead.',
  )
})

test('a version that Flux sets is promoted from where it is', () => {
  const files = releases('')
  const marked = {
    ...files,
    'envs/staging/web/release.yaml': files['envs/staging/web/release.yaml']?.trimEnd() + MARKED,
  }
  expect(told(planFor([{ ...marked, 'flux/web.yaml': policy('name: web') }]))).toEqual(['web staging→prod open v1→v2'])
})
