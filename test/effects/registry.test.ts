import { afterEach, describe, expect, test } from 'vitest'
import { answerImages } from '../../src/image/registry/answers.ts'
import { type Question, questionKey } from '../../src/signal/signal.ts'
import { client, login } from '../registry/client.ts'
import type { Served } from '../registry/serve.ts'
import { type RegistryOptions, startRegistry } from '../registry/start.ts'
import { startTokenService, type TokenServiceOptions } from '../registry/token-service.ts'

const running: Served[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

async function open(options: RegistryOptions = {}) {
  const registry = await startRegistry(options)
  running.push(registry)
  return registry
}

async function withTokens(options: TokenServiceOptions = {}, more: Omit<RegistryOptions, 'login'> = {}) {
  const service = await startTokenService(options)
  running.push(service)
  return { service, registry: await open({ login: { by: 'token', service }, ...more }) }
}

const methods = (server: Served) => server.calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`)

describe('an open registry', () => {
  test('tells that a tag exists, and its digest', async () => {
    const registry = await open()
    const digest = registry.push('team/web', '1.2.3')
    expect(await client().head(`${registry.host}/team/web:1.2.3`)).toEqual({ is: 'yes', digest })
    expect(registry.calls).toEqual([
      {
        method: 'HEAD',
        path: '/v2/team/web/manifests/1.2.3',
        accept:
          'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, ' +
          'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
        body: '',
      },
    ])
  })

  test('tells that a digest exists, also beside a tag that moved on', async () => {
    const registry = await open()
    const digest = registry.push('web', '1', 'then')
    registry.push('web', '1', 'now')
    expect(await client().head(`${registry.host}/web:1@${digest}`)).toEqual({ is: 'yes', digest })
    expect(methods(registry)).toEqual([`HEAD /v2/web/manifests/${digest}`])
  })

  test.each(['web:2', `web@sha256:${'0'.repeat(64)}`, 'other:1'])('denies %s', async (image) => {
    const registry = await open()
    registry.push('web', '1')
    expect(await client().head(`${registry.host}/${image}`)).toEqual({ is: 'no' })
  })

  test('is asked for `latest` where nothing is said', async () => {
    const registry = await open()
    const digest = registry.push('web', 'latest')
    expect(await client().head(`${registry.host}/web`)).toEqual({ is: 'yes', digest })
  })

  test('is asked once for each reference of a run, whoever asks', async () => {
    const registry = await open()
    const digest = registry.push('web', '1')
    const { head } = client()
    const image = `${registry.host}/web:1`
    const answers = await Promise.all([head(image), head(image)])
    expect([...answers, await head(image)]).toEqual(Array(3).fill({ is: 'yes', digest }))
    expect(registry.calls).toHaveLength(1)
  })
})

describe('a token service', () => {
  test.each(['token', 'access_token'] as const)('lets nobody in particular in, with a %s', async (field) => {
    const { registry, service } = await withTokens({ open: () => true, field })
    const digest = registry.push('team/web', '1')
    expect(await client().head(`${registry.host}/team/web:1`)).toEqual({ is: 'yes', digest })
    expect(service.calls).toMatchObject([
      { method: 'GET', path: '/token?service=test+registry&scope=repository%3Ateam%2Fweb%3Apull' },
    ])
    expect(service.calls[0]).not.toHaveProperty('authorization')
    expect(registry.calls.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer token-1'])
  })

  test('gets the login, and the registry does not', async () => {
    const { registry, service } = await withTokens({ passwords: { ann: 'a:b' } })
    registry.push('web', '1')
    const credentials = login(registry.host, { username: 'ann', password: 'a:b' })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toMatchObject({ is: 'yes' })
    expect(service.calls.map(({ authorization }) => authorization)).toEqual([`Basic ${btoa('ann:a:b')}`])
    expect(registry.calls.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer token-1'])
  })

  test('is asked once for a repository, and for each repository', async () => {
    const { registry, service } = await withTokens({ open: () => true })
    for (const tag of ['1', '2', '3']) registry.push('web', tag)
    registry.push('api', '1')
    const { head } = client()
    const images = ['web:1', 'web:2', 'web:3', 'api:1'].map((image) => `${registry.host}/${image}`)
    const answers = await Promise.all(images.map(head))
    expect(answers.map(({ is }) => is)).toEqual(['yes', 'yes', 'yes', 'yes'])
    expect(service.calls).toHaveLength(2)
  })

  test('gives a new token where the old one is no longer good', async () => {
    let expired = 0
    const { registry, service } = await withTokens(
      { open: () => true },
      {
        fault: ({ authorization }, response) => {
          if (authorization !== 'Bearer token-1' || expired++ === 0) return false
          const offer = `Bearer realm="${service.url}/token"`
          response.writeHead(401, { 'www-authenticate': offer }).end()
          return true
        },
      },
    )
    for (const tag of ['1', '2']) registry.push('web', tag)
    const { head } = client()
    expect(await head(`${registry.host}/web:1`)).toMatchObject({ is: 'yes' })
    expect(await head(`${registry.host}/web:2`)).toMatchObject({ is: 'yes' })
    expect(service.calls).toHaveLength(2)
  })

  test('takes an identity token by POST, as OAuth has it', async () => {
    const { registry, service } = await withTokens({ identityTokens: ['long-lived'], field: 'access_token' })
    registry.push('web', '1')
    const credentials = login(registry.host, { auth: btoa('<token>:'), identitytoken: 'long-lived' })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toMatchObject({ is: 'yes' })
    expect(methods(service)).toEqual(['POST /token'])
    expect(Object.fromEntries(new URLSearchParams(service.calls[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'gitops-actions',
      service: 'test registry',
      scope: 'repository:web:pull',
      refresh_token: 'long-lived',
    })
  })

  test('that does not know POST gets the identity token by GET', async () => {
    const { registry, service } = await withTokens({ identityTokens: ['long-lived'], oauth: false })
    registry.push('web', '1')
    const credentials = login(registry.host, { identitytoken: 'long-lived' })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toMatchObject({ is: 'yes' })
    expect(methods(service)).toEqual(['POST /token', 'GET /token'])
  })
})

describe('a registry that takes the login itself', () => {
  const passwords = { ann: 'secret' }
  test.each([
    ['Basic', 'Basic realm="Amazon ECR"'],
    ['a bearer realm that is no URL', 'Bearer realm="Artifactory Realm"'],
    ['several ways, none of them a token', 'Negotiate, Basic realm="x", charset="UTF-8"'],
  ])('by %s', async (_, challenge) => {
    const registry = await open({ login: { by: 'basic', challenge, passwords } })
    const digest = registry.push('web', '1')
    const credentials = login(registry.host, { auth: btoa('ann:secret') })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toEqual({ is: 'yes', digest })
    expect(registry.calls.map(({ authorization }) => authorization)).toEqual([undefined, `Basic ${btoa('ann:secret')}`])
  })

  test('gets none where there is none', async () => {
    const registry = await open({ login: { by: 'basic', passwords } })
    const credentials = login('other.example', { auth: btoa('ann:secret') })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} asks for a login (401) and there is none in the Docker configuration`,
    })
    expect(registry.calls.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  test.each([
    ['has it', 'web:1', { is: 'yes' }],
    ['does not', 'web:2', { is: 'no' }],
  ])('and hides what it has from others: it %s', async (_, image, answer) => {
    const registry = await open({ login: { by: 'basic', passwords }, hides: true })
    registry.push('web', '1')
    const credentials = login(registry.host, { auth: btoa('ann:secret') })
    expect(await client({ credentials }).head(`${registry.host}/${image}`)).toMatchObject(answer)
    expect(methods(registry).slice(0, 2)).toEqual([`HEAD /v2/web/manifests/${image.slice(4)}`, 'GET /v2/'])
  })
})

test('the questions of gates about images are answered, each once', async () => {
  const registry = await open()
  registry.push('web', '1')
  const image = `${registry.host}/web`
  const there: Question = { ask: 'image', need: 'exists', image, tag: '1' }
  const missing: Question = { ask: 'image', need: 'exists', image, tag: '2' }
  const signed: Question = { ask: 'image', need: 'signed', image, tag: '1' }
  const invalid: Question = { ask: 'image', need: 'exists', image, tag: '1; rm' }
  const byDigest: Question = { ask: 'image', need: 'exists', image, tag: '1', digest: `sha256:${'0'.repeat(64)}` }
  const check: Question = { ask: 'check', app: 'web', environment: 'prod', name: 'e2e', since: 'abc' }
  const answers = await answerImages([there, missing, signed, invalid, byDigest, check, there], client().registry)
  expect(Object.fromEntries(answers)).toEqual({
    [questionKey(there)]: { is: 'yes' },
    [questionKey(missing)]: { is: 'no' },
    [questionKey(byDigest)]: { is: 'no' },
    [questionKey(signed)]: { is: 'unknown', reason: 'signatures cannot be verified yet' },
    [questionKey(invalid)]: { is: 'unknown', reason: 'the tag is not one that a registry can have' },
  })
  expect(registry.calls).toHaveLength(3)
})

test('at most four questions are under way at once', async () => {
  let now = 0
  let most = 0
  const slow = {
    head: async () => {
      most = Math.max(most, ++now)
      await new Promise(setImmediate)
      now--
      return { is: 'no' } as const
    },
    tags: async () => ({ is: 'no' }) as const,
  }
  const questions = Array.from({ length: 20 }, (_, tag): Question => {
    return { ask: 'image', need: 'exists', image: 'web', tag: `${tag}` }
  })
  expect((await answerImages(questions, slow)).size).toBe(20)
  expect(most).toBe(4)
})
