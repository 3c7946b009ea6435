import { expect, test } from 'vitest'
import { validated } from './validate-world.ts'

const pod = (name: string, image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: "${image}" }] }\n`
const images = (...entries: string[]) => ['images:', ...entries.map((entry) => `  - { ${entry} }`), ''].join('\n')
const uses = (...resources: string[]) => `resources: [${resources.join(', ')}]\n`

const BASE = { 'base/web.yaml': pod('web', 'ghcr.io/acme/web:1'), 'base/kustomization.yaml': uses('web.yaml') }

async function idleIn(files: Record<string, string>): Promise<string[]> {
  const { report, stderr } = await validated({ ...BASE, ...files })
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return stderr.split('\n').filter((line) => line.includes('nothing there uses'))
}

test('a name that matches nothing is told, with the one meant', async () => {
  const overlay = uses('../base') + images('name: ghcr.io/acme/wbe, newTag: "2"', 'name: redis, newTag: "7"')
  expect(await idleIn({ 'overlay/kustomization.yaml': overlay })).toEqual([
    'overlay/kustomization.yaml:3:13 names the image ghcr.io/acme/wbe, which nothing there uses, so the entry changes nothing; did you mean ghcr.io/acme/web?',
    'overlay/kustomization.yaml:4:13 names the image redis, which nothing there uses, so the entry changes nothing; correct the name, or remove the entry.',
  ])
})

test('also below what is rendered, and once', async () => {
  const told = await idleIn({
    'app/kustomization.yaml': uses('../base') + images('name: web, newTag: "2"'),
    'one/kustomization.yaml': uses('../app'),
    'two/kustomization.yaml': uses('../app'),
  })
  expect(told).toEqual([
    expect.stringMatching(/^app\/kustomization\.yaml:3:13 names .*did you mean ghcr\.io\/acme\/web\?$/),
  ])
})

test.each<[what: string, files: Record<string, string>]>([
  [
    'an entry that matches',
    { 'o/kustomization.yaml': uses('../base') + images('name: ghcr.io/acme/web, newTag: "2"') },
  ],
  [
    'one that is renamed on',
    {
      'o/kustomization.yaml':
        uses('../base') + images('name: ghcr.io/acme/web, newName: mirror/web', 'name: mirror/web, newName: last/web'),
    },
  ],
  [
    'one that a user renames on',
    {
      'm/kustomization.yaml': uses('../base') + images('name: ghcr.io/acme/web, newName: mirror/web'),
      'o/kustomization.yaml': uses('../m') + images('name: mirror/web, newName: last/web'),
    },
  ],
  ['one by a regular expression', { 'o/kustomization.yaml': uses('../base') + images('name: .*/web, newTag: "2"') }],
  [
    'a Component, whose users have the image or not',
    {
      'c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${images('name: redis, newTag: "7"')}`,
      'o/kustomization.yaml': `${uses('../base')}components: [../c]\n`,
    },
  ],
  [
    'one whose image a user patches away',
    {
      'm/kustomization.yaml': uses('../base') + images('name: ghcr.io/acme/web, newTag: "2"'),
      'o/kustomization.yaml': `${uses('../m')}patches:\n  - target: { kind: Pod }\n    patch: '[{"op":"replace","path":"/spec/containers/0/image","value":"other:1"}]'\n`,
    },
  ],
  [
    'one for a field that a configuration names',
    {
      'o/kustomization.yaml': `${uses('../base')}configurations: [c.yaml]\n${images('name: redis, newTag: "7"')}`,
      'o/c.yaml': 'images: [{ path: spec/runner, kind: Widget }]\n',
    },
  ],
])('nothing is said of %s', async (_, files) => expect(await idleIn(files)).toEqual([]))
