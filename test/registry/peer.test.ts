import { afterEach, describe, expect, test } from 'vitest'
import { client, login } from './client.ts'
import { type DockerRegistry, type DockerRegistryOptions, startDockerRegistry } from './docker-registry.ts'
import { ISSUER, newSigner, SERVICE } from './signer.ts'
import { startRegistry } from './start.ts'
import { startTokenService } from './token-service.ts'

const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

async function open(options?: DockerRegistryOptions): Promise<DockerRegistry> {
  const registry = await startDockerRegistry(options)
  running.push(registry)
  return registry
}

describe('docker-registry', () => {
  test('tells what it has, by tag and digest, and what it has not', async () => {
    const { host, push } = await open()
    const digest = await push('team/web', '1.2.3')
    const { head, tags } = client()
    expect(await head(`${host}/team/web:1.2.3`)).toEqual({ is: 'yes', digest })
    expect(await head(`${host}/team/web:1.2.3@${digest}`)).toEqual({ is: 'yes', digest })
    expect(await head(`${host}/team/web:1.2.4`)).toEqual({ is: 'no' })
    expect(await head(`${host}/team/web@sha256:${'0'.repeat(64)}`)).toEqual({ is: 'no' })
    expect(await head(`${host}/team/other:1`)).toEqual({ is: 'no' })
    expect(await tags({ registry: host, repository: 'team/web' })).toEqual({ is: 'yes', tags: ['1.2.3'] })
    expect(await tags({ registry: host, repository: 'team/other' })).toEqual({ is: 'no' })
  })

  test('gives the digest that the registry of our tests gives', async () => {
    const real = await open()
    const ours = await startRegistry()
    running.push(ours)
    expect(ours.push('web', '1')).toBe(await real.push('web', '1'))
  })

  test('lists more tags than one page has', async () => {
    const { host, push } = await open()
    const names = Array.from({ length: 120 }, (_, patch) => `1.0.${patch}`)
    for (const name of names) await push('web', name)
    const list = await client().tags({ registry: host, repository: 'web' })
    expect(list.is === 'yes' && [...list.tags].sort()).toEqual([...names].sort())
  })

  test('with users takes a login by Basic, and tells nothing without', async () => {
    // The password is "secret" (bcrypt, cost 5).
    const { host, push } = await open({
      users: { htpasswd: 'ann:$2b$05$EwkrgM1FLEdNclbJLb1GluvVvJrOTrR5Nt29hDiJPd0l3vA6YsdKO\n', login: 'ann:secret' },
    })
    const digest = await push('web', '1')
    const image = `${host}/web:1`
    expect(await client({ credentials: login(host, { auth: btoa('ann:secret') }) }).head(image)).toEqual({
      is: 'yes',
      digest,
    })
    expect(await client({ credentials: login(host, { auth: btoa('ann:wrong') }) }).head(image)).toEqual({
      is: 'unknown',
      reason: `${host} does not accept the login for web (401)`,
    })
    expect(await client().head(image)).toEqual({
      is: 'unknown',
      reason: `${host} asks for a login (401) and there is none in the Docker configuration`,
    })
  })

  test('that sends for tokens takes those that its challenge and our scope lead to', async () => {
    const signer = await newSigner()
    running.push(signer)
    const service = await startTokenService({ passwords: { ann: 'secret' }, issue: signer.tokenFor })
    running.push(service)
    const { host } = await open({
      tokens: { realm: `${service.url}/token`, service: SERVICE, issuer: ISSUER, rootcertbundle: signer.certificate },
    })
    const credentials = login(host, { auth: btoa('ann:secret') })
    // It is let in, or it would be a 401: nothing was ever pushed here.
    expect(await client({ credentials }).head(`${host}/team/web:1`)).toEqual({ is: 'no' })
    expect(await client({ credentials }).tags({ registry: host, repository: 'team/web' })).toEqual({ is: 'no' })
    expect(service.calls.map(({ path }) => path)).toEqual(
      Array(2).fill('/token?service=registry+of+tests&scope=repository%3Ateam%2Fweb%3Apull'),
    )
    expect(await client().head(`${host}/team/web:1`)).toEqual({
      is: 'unknown',
      reason: `${host} asks for a login (401) and there is none in the Docker configuration`,
    })
  })
})
