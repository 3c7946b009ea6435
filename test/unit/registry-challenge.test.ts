import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../src/image/registry/challenge.ts'
import { wayIn } from '../../src/image/registry/way-in.ts'

const plain = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => ({ scheme, ...Object.fromEntries(parameters) }))

describe('a WWW-Authenticate header', () => {
  test.each([
    ['', []],
    ['Basic', [{ scheme: 'basic' }]],
    ['Basic realm="a registry"', [{ scheme: 'basic', realm: 'a registry' }]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
      [
        {
          scheme: 'bearer',
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/nginx:pull',
        },
      ],
    ],
    ['BEARER Realm = plain , SERVICE=x', [{ scheme: 'bearer', realm: 'plain', service: 'x' }]],
    ['Bearer realm="a",realm="b"', [{ scheme: 'bearer', realm: 'a' }]],
    ['Bearer realm="say \\"a, b\\" \\\\"', [{ scheme: 'bearer', realm: 'say "a, b" \\' }]],
    [
      'Basic realm="x", Bearer realm="y",service="z"',
      [
        { scheme: 'basic', realm: 'x' },
        { scheme: 'bearer', realm: 'y', service: 'z' },
      ],
    ],
    ['Negotiate, Basic realm=x', [{ scheme: 'negotiate' }, { scheme: 'basic', realm: 'x' }]],
    ['Bearer realm="open', [{ scheme: 'bearer', realm: '' }]],
    ['"', []],
  ])('%j', (header, challenges) => {
    expect(plain(header)).toEqual(challenges)
  })

  test('is read back as it was put together', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcxyz019-_'), minLength: 1 })
    const values = fc.string({ unit: fc.constantFrom(...'ab,="\\ :/') })
    const challenge = fc.record({ scheme: word, parameters: fc.dictionary(word, values, { noNullPrototype: true }) })
    fc.assert(
      fc.property(fc.array(challenge), (challenges) => {
        const header = challenges
          .map(({ scheme, parameters }) => {
            const texts = Object.entries(parameters).map(
              ([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`,
            )
            return `${scheme} ${texts.join(', ')}`.trim()
          })
          .join(', ')
        expect(parseChallenges(header)).toEqual(
          challenges.map(({ scheme, parameters }) => ({ scheme, parameters: new Map(Object.entries(parameters)) })),
        )
      }),
    )
  })

  test('may be anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a ,="\\\t-;é') }), (text) => void parseChallenges(text)),
    )
  })
})

describe('the way into a registry', () => {
  const registry = new URL('https://registry.example:8443')
  const loopback = new URL('http://127.0.0.1:5000')

  test.each([
    ['https://auth.example/token'],
    ['https://registry.example/token'],
    ['https://registry.example:9000/token?x=y'],
    ['HTTPS://auth.example/'],
  ])('is a token of %s', (realm) => {
    expect(wayIn(`Bearer realm="${realm}",service="s"`, registry)).toEqual({
      by: 'token',
      realm: new URL(realm),
      service: 's',
    })
  })

  test.each([
    'http://127.0.0.1:5001/token',
    'http://localhost:5001/token',
    'http://[::1]/token',
    'https://auth.example',
  ])('of this machine is a token of %s', (realm) => {
    expect(wayIn(`Bearer realm="${realm}"`, loopback)).toEqual({ by: 'token', realm: new URL(realm) })
  })

  test('of a registry inside a network may be a token of its own host', () => {
    const realm = 'https://10.0.0.5:8443/token'
    expect(wayIn(`Bearer realm="${realm}"`, new URL('https://10.0.0.5:5000'))).toMatchObject({ by: 'token' })
    expect(() => wayIn(`Bearer realm="${realm}"`, new URL('https://10.0.0.6:5000'))).toThrow('inside a network')
  })

  test.each([
    'Basic realm="https://auth.example/token"',
    'Bearer realm="Artifactory Realm"',
    'Bearer',
    'Bearer realm=""',
    'Bearer realm="file:///etc/passwd"',
    'Bearer realm="https://"',
    'Bearer realm="//auth.example/token"',
  ])('is the login itself: %s', (header) => {
    expect(wayIn(header, registry)).toEqual({ by: 'credentials' })
  })

  test.each([undefined, '', 'Negotiate', 'Digest realm="x"', '"'])('is not known from %j', (header) => {
    expect(() => wayIn(header, registry)).toThrow('registry.example:8443 asks for a login (401) and does not say which')
  })
})
