import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basic, readCredentials } from '../../src/image/registry/credentials.ts'

const ANN = { username: 'ann', password: 'secret' }
const auth = btoa('ann:secret')
const read = (config: unknown) => readCredentials(JSON.stringify(config))

describe('a login counts for its host', () => {
  test.each([
    ['ghcr.io', 'ghcr.io'],
    ['https://ghcr.io', 'ghcr.io'],
    ['https://ghcr.io/', 'ghcr.io'],
    ['https://ghcr.io/v1/', 'ghcr.io'],
    ['ghcr.io/v2/', 'ghcr.io'],
    ['GHCR.io', 'ghcr.io'],
    ['http://localhost:5000', 'localhost:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['[::1]:5000', '[::1]:5000'],
  ])('written as %s', (key, registry) => {
    const { credentials, notes } = read({ auths: { [key]: { auth } } })
    expect(credentials(registry, 'team/web')).toEqual(ANN)
    expect(credentials('other.example', 'team/web')).toBeUndefined()
    expect(notes).toEqual([])
  })

  test.each([
    ['another port', 'ghcr.io:8443'],
    ['a host below', 'x.ghcr.io'],
    ['a host above', 'io'],
    ['a longer name', 'ghcr.io.example'],
  ])('and not for %s', (_, registry) => {
    expect(read({ auths: { 'ghcr.io': { auth } } }).credentials(registry, 'web')).toBeUndefined()
  })

  test.each([[['ghcr.io', 'https://ghcr.io/v1/']], [['https://ghcr.io/v1/', 'ghcr.io']]])(
    'and the plain name before its older spelling: %j',
    (keys) => {
      const { credentials } = read({
        auths: Object.fromEntries(keys.map((key) => [key, { auth: btoa(`${key.length}:x`) }])),
      })
      expect(credentials('ghcr.io', 'web')?.username).toBe('7')
    },
  )

  test('or for a path below it, the longest first', () => {
    const { credentials } = read({
      auths: { 'quay.io': { auth: btoa('all:1') }, 'quay.io/team': { auth: btoa('team:2') } },
    })
    expect(credentials('quay.io', 'team/web')?.username).toBe('team')
    expect(credentials('quay.io', 'teams/web')?.username).toBe('all')
  })
})

describe('a login is read', () => {
  test.each([
    ['auth', { auth }, ANN],
    ['auth with colons in the password', { auth: btoa('ann:a:b') }, { username: 'ann', password: 'a:b' }],
    ['auth that ends in NUL, as Docker pads it', { auth: btoa('ann:secret\0\0') }, ANN],
    ['user name and password', { username: 'ann', password: 'secret' }, ANN],
    ['auth before user name and password', { auth, username: 'bob', password: 'x' }, ANN],
    [
      'an identity token beside auth',
      { auth: btoa('<token>:'), identitytoken: 't' },
      { username: '<token>', password: '', identityToken: 't' },
    ],
    ['an identity token alone', { identitytoken: 't' }, { username: '<token>', password: '', identityToken: 't' }],
    ['nothing, as with a credential store', {}, undefined],
    ['no text', { auth: 7, username: null, password: [] }, undefined],
  ])('from %s', (_, entry, credential) => {
    const { credentials, notes } = read({ auths: { 'ghcr.io': entry } })
    expect(credentials('ghcr.io', 'web')).toEqual(credential)
    expect(notes).toEqual([])
  })

  test.each([btoa('ann'), btoa(':x'), '%%%'])('and one that is none is told, without its text: %s', (broken) => {
    const { credentials, notes } = read({ auths: { 'ghcr.io': { auth: broken } } })
    expect(credentials('ghcr.io', 'web')).toBeUndefined()
    expect(notes).toEqual(['The Docker configuration has a login for ghcr.io that cannot be read.'])
  })
})

describe('programs that hold logins', () => {
  const told = (named: string) => [
    `The Docker configuration names programs that hold logins (${named}). They are not run: log in with ` +
      'docker/login-action, which writes the login into the file.',
  ]

  test.each([
    [{ credsStore: 'desktop' }, 'credsStore'],
    [
      { credHelpers: { 'gcr.io': 'gcloud', 'x.dkr.ecr.eu-west-1.amazonaws.com': 'ecr-login' } },
      'credHelpers for gcr.io, x.dkr.ecr.eu-west-1.amazonaws.com',
    ],
    [
      { credsStore: 'desktop', credHelpers: { '\u001b[31m::error::': 'x' } },
      'credsStore; credHelpers for a name that is no host',
    ],
  ])('are not run, and that is told: %j', (config, named) => {
    expect(read(config).notes).toEqual(told(named))
  })

  test('beside logins leave these as they are', () => {
    const { credentials } = read({ credsStore: 'desktop', auths: { 'ghcr.io': { auth } } })
    expect(credentials('ghcr.io', 'web')).toEqual(ANN)
  })
})

test('a file that is no configuration gives no logins and quotes nothing, whatever it holds', () => {
  for (const text of ['', '{', '[]', 'null', '7', '{"auths": "hunter2"', 'hunter2']) {
    const { credentials, notes } = readCredentials(text)
    expect(credentials('ghcr.io', 'web')).toBeUndefined()
    expect(notes).toEqual(['The Docker configuration is not a JSON object: it is not used.'])
  }
  fc.assert(
    fc.property(fc.json(), (text) => {
      for (const config of [text, `{"auths":${text}}`, `{"auths":{"ghcr.io":${text}}}`, `{"credHelpers":${text}}`]) {
        readCredentials(config).credentials('__proto__', 'constructor')
      }
    }),
  )
})

test('a login as docker login writes it comes back as it was', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.@$äß '), minLength: 1 })
  fc.assert(
    fc.property(
      plain,
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0')),
      (username, password) => {
        const written = Buffer.from(`${username}:${password}`).toString('base64')
        const credential = read({ auths: { 'ghcr.io': { auth: written } } }).credentials('ghcr.io', 'web')
        expect(credential).toEqual({ username, password })
        expect(credential && basic(credential)).toBe(`Basic ${written}`)
      },
    ),
  )
})
