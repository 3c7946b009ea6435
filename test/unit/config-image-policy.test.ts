import { describe, expect, test } from 'vitest'
import { imagePolicyFor } from '../../src/config/image-policy.ts'
import { readConfig } from '../../src/config/read.ts'

const FILE = '.gitops.yaml'

function problemsOf(images: string): string[] {
  const read = readConfig(`images:\n${images.replace(/^/gm, ' ')}`, FILE)
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

function imagesOf(images: string) {
  const read = readConfig(`images:\n${images.replace(/^/gm, ' ')}`, FILE)
  if (!read.ok) throw new Error(problemsOf(images).join('\n'))
  return read.config.images
}

describe('a policy is refused', () => {
  const RE2 = 'app.regex must be a regular expression'
  const NAME = "write its repository without a tag, such as ghcr.io/acme/web, ghcr.io/acme/* or '*'."
  test.each([
    ['app: { semver: latest }', '2:17 images.app.semver must be a range of versions such as ">=1.2.0 <2.0.0".'],
    [
      'app: { semver: 1.10 }',
      '2:17 images.app.semver must be a range of versions such as ">=1.2.0 <2.0.0"; put it in quotes: "1.10".',
    ],
    [
      "app: { regex: '(', order: numeric }",
      `2:16 images.${RE2} that RE2 understands: without look-around and back-references.`,
    ],
    [
      "app: { regex: '(?=a)', order: numeric }",
      `2:16 images.${RE2} that RE2 understands: without look-around and back-references.`,
    ],
    [
      "app: { regex: '(a)\\1', order: numeric }",
      `2:16 images.${RE2} that RE2 understands: without look-around and back-references.`,
    ],
    [
      "app: { regex: '(((a{99}){99}){99})', order: numeric }",
      `2:16 images.${RE2} that RE2 understands: without look-around and back-references.`,
    ],
    ["app: { regex: '', order: numeric }", `2:16 images.${RE2} (RE2) of 1 to 1000 characters.`],
    [`app: { regex: ${'a'.repeat(1001)}, order: numeric }`, `2:16 images.${RE2} (RE2) of 1 to 1000 characters.`],
    ['app: { regex: a }', '2:2 images.app must have regex and order together.'],
    ['app: { order: numeric }', '2:2 images.app must have regex and order together.'],
    ['app: { semver: ^1, newest: true }', '2:2 images.app must have only one of semver, regex, newest and digest.'],
    ['app: { newest: false }', '2:17 images.app.newest must be true, not false.'],
    ['app: { digest: "a b" }', '2:17 images.app.digest must be a tag.'],
    ['app: { digest: 7 }', '2:17 images.app.digest must be true or a tag; put it in quotes: "7".'],
    ['app: { verify: true }', '2:17 images.app.verify must be exists or signed, not true.'],
    ['app:', '2:6 images.app must be a mapping, but is empty.'],
    ['app:1.2: { newest: true }', `2:2 "app:1.2" names no image: ${NAME}`],
    ['App: { newest: true }', `2:2 "App" names no image: ${NAME}`],
    ['"*/app": { newest: true }', `2:2 "*/app" names no image: ${NAME}`],
    ['https://ghcr.io/app: { newest: true }', `2:2 "https://ghcr.io/app" names no image: ${NAME}`],
  ])('%s', (images, problem) => {
    expect(problemsOf(images)).toEqual([problem])
  })

  test('with both of its problems', () => {
    expect(problemsOf('app: { semver: latest, newest: true, order: numeric }')).toEqual([
      '2:2 images.app must have only one of semver, regex, newest and digest.',
      '2:2 images.app must have regex and order together.',
      '2:17 images.app.semver must be a range of versions such as ">=1.2.0 <2.0.0".',
    ])
  })
})

test('a regular expression is compiled once, by RE2', () => {
  const regex = imagesOf("app: { regex: '^main-([0-9]+)$', order: numeric }").get('app')?.regex
  expect(regex?.matcher('main-42').find()).toBe(true)
  expect(regex?.pattern()).toBe('^main-([0-9]+)$')
})

describe('the closest policy counts', () => {
  const images = imagesOf(`"*": { verify: exists }
ghcr.io/acme/*: { digest: acme }
ghcr.io/acme/shop/*: { digest: shop }
ghcr.io/acme/shop/web: { digest: web }
nginx: { digest: nginx }
bitnami/*: { digest: bitnami }
`)
  test.each([
    ['ghcr.io/acme/shop/web', 'web'],
    ['ghcr.io/acme/shop/api', 'shop'],
    ['ghcr.io/acme/api', 'acme'],
    ['ghcr.io/acmeother/api', undefined],
    ['docker.io/library/nginx', 'nginx'],
    ['bitnami/redis', 'bitnami'],
    ['docker.io/bitnami/redis', 'bitnami'],
    ['redis', undefined],
  ])('%s', (repository, digest) => {
    expect(imagePolicyFor(images, repository)).toEqual(digest ? { digest } : { verify: 'exists' })
  })

  test('and without one there is none', () => {
    expect(imagePolicyFor(new Map(), 'nginx')).toBeUndefined()
  })
})
