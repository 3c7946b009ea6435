import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createRegistry } from '../../src/image/registry/registry.ts'
import { client, login, NOW } from '../registry/client.ts'
import type { Call, Listener, Served } from '../registry/serve.ts'
import { type RegistryOptions, startRegistry } from '../registry/start.ts'
import { INDEX } from '../registry/store.ts'
import { startTokenService } from '../registry/token-service.ts'

const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

async function started<T extends Served>(server: Promise<T>): Promise<T> {
  const it = await server
  running.push(it)
  return it
}

/** A registry that has web:1, and meets each call with the fault. */
async function faulty(fault: Listener, address?: string) {
  const registry = await started(
    startRegistry({
      fault: (call, response) => {
        fault(call, response)
        return true
      },
      ...(address !== undefined && { address }),
    }),
  )
  return registry
}

const SECRET = 'hunter2-canary'
const canary = (host: string) => login(host, { username: 'ann', password: SECRET })

/** Every way in which a secret could stand in what a server got. */
function holdsSecret(servers: readonly Served[]): boolean {
  const told = JSON.stringify(servers.map(({ calls }) => calls))
  return [SECRET, btoa(`ann:${SECRET}`)].some((secret) => told.includes(secret))
}

describe('what a registry answers', () => {
  test.each([
    [401, 'HOST asks for a login (401) and does not say which'],
    [403, 'HOST refuses to tell (403)'],
    [400, 'HOST answered 400'],
    [405, 'HOST answered 405'],
    [304, 'HOST answered 304'],
    [500, 'HOST failed (500)'],
    [503, 'HOST failed (503)'],
  ])('%i is never a no', async (status, reason) => {
    const registry = await faulty((_, response) => response.writeHead(status).end())
    expect(await client().head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: reason.replace('HOST', registry.host),
    })
    expect(registry.calls).toHaveLength(1)
  })

  test.each([
    ['a page of HTML', { 'content-type': 'text/html' }],
    ['nothing at all', {}],
    ['a digest of 63 digits', { 'docker-content-digest': `sha256:${'a'.repeat(63)}` }],
  ])('200 with %s is never a yes', async (_, headers) => {
    const registry = await faulty((_, response) => response.writeHead(200, headers).end())
    expect(await client().head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} answered with something that is no manifest (200)`,
    })
  })

  test('200 for another digest is never a yes', async () => {
    const other = `sha256:${'b'.repeat(64)}`
    const registry = await faulty((_, response) => response.writeHead(200, { 'docker-content-digest': other }).end())
    expect(await client().head(`${registry.host}/web@sha256:${'a'.repeat(64)}`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} answered with another digest than it was asked for`,
    })
  })

  test('a digest may be left out of a yes', async () => {
    const registry = await faulty((_, response) =>
      response.writeHead(200, { 'content-type': `${INDEX}; charset=utf-8` }).end(),
    )
    expect(await client().head(`${registry.host}/web:1`)).toEqual({ is: 'yes' })
  })
})

describe('a connection', () => {
  test('that drips ends at the deadline, with its socket', async () => {
    const drip = (_: Call, response: ServerResponse) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => response.socket?.write('x: y\r\n'), 20)
      response.socket?.on('close', () => clearInterval(timer))
    }
    const registry = await faulty(drip)
    expect(await client({ timeout: 200 }).head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} took longer than 0.2 s`,
    })
    await expect.poll(() => registry.sockets.size).toBe(0)
  })

  test('that breaks is unknown', async () => {
    const registry = await faulty((_, response) => response.socket?.resetAndDestroy())
    expect(await client().head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} broke the connection (ECONNRESET)`,
    })
  })

  test('that nobody takes is unknown', async () => {
    const registry = await startRegistry()
    await registry.close()
    expect(await client().head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} refused the connection (ECONNREFUSED)`,
    })
  })

  test('to any other machine is https, and never falls back', async () => {
    const received: Buffer[] = []
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', (data) => {
        received.push(data)
        socket.end('HTTP/1.1 200 OK\r\nDocker-Content-Digest: x\r\n\r\n')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve))
    running.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
    const host = `127.0.0.2:${(server.address() as { port: number }).port}`
    const existence = await client({ credentials: canary(host) }).head(`${host}/web:1`)
    expect(existence).toMatchObject({ is: 'unknown', reason: expect.stringContaining('does not speak TLS') })
    // The first byte of a TLS handshake.
    expect(received.map((data) => data[0])).toEqual([22])
  })
})

describe('a registry that is asked too often', () => {
  const busy = (headers: Record<string, string>, times: number) => {
    let count = 0
    return (_: Call, response: ServerResponse) => {
      if (count++ >= times) return false
      response.writeHead(429, headers).end()
      return true
    }
  }

  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': new Date(NOW + 9000).toUTCString() }, 9000],
    ['more than a minute', { 'retry-after': '86400' }, 60_000],
    ['a time that has passed', { 'retry-after': 'Sun, 01 Mar 2020 12:00:00 GMT' }, 1000],
    ['less than nothing', { 'retry-after': '-5' }, 5000],
    ['nonsense', { 'retry-after': 'soon' }, 5000],
    ['nothing', {}, 5000],
  ])('and says %s is waited for once, and it is told', async (_, headers, wait) => {
    const registry = await started(startRegistry({ fault: busy(headers, 1) }))
    registry.push('web', '1')
    const { head, waits, notes } = client()
    expect(await head(`${registry.host}/web:1`)).toMatchObject({ is: 'yes' })
    expect(waits).toEqual([wait])
    expect(notes).toEqual([
      `${registry.host} is asked too often (429): waiting ${wait / 1000} s, then asking once more.`,
    ])
  })

  test('is waited for once in a run, by all who ask, and then let alone', async () => {
    const registry = await started(startRegistry({ fault: busy({ 'retry-after': '3600' }, 99) }))
    const { head, waits } = client()
    const answers = await Promise.all(['1', '2', '3'].map((tag) => head(`${registry.host}/web:${tag}`)))
    const reason = `${registry.host} is asked too often (429), it says to wait 3600 s`
    expect(answers).toEqual(Array(3).fill({ is: 'unknown', reason }))
    const asked = registry.calls.length
    expect(await head(`${registry.host}/web:4`)).toEqual({ is: 'unknown', reason })
    expect(registry.calls).toHaveLength(asked)
    expect(asked).toBeLessThanOrEqual(6)
    expect(waits).toEqual([60_000])
  })
})

describe('a registry that was waited for', () => {
  test('and is asked too often again is let alone at once', async () => {
    const statuses = [429, 200, 429, 200]
    const registry = await faulty((_, response) => {
      response.writeHead(statuses.shift() ?? 500, { 'content-type': INDEX }).end()
    })
    const { head, waits } = client()
    expect(await head(`${registry.host}/web:1`)).toEqual({ is: 'yes' })
    expect(await head(`${registry.host}/web:2`)).toMatchObject({ is: 'unknown' })
    expect(registry.calls).toHaveLength(3)
    expect(waits).toEqual([5000])
  })
})

describe('a login that is not taken', () => {
  test('ends after two tries, also for other tags', async () => {
    const service = await started(startTokenService({ open: () => true }))
    const offer = `Bearer realm="${service.url}/token"`
    const registry = await faulty((_, response) => response.writeHead(401, { 'www-authenticate': offer }).end())
    const { head } = client({ credentials: login(registry.host, { username: 'ann', password: SECRET }) })
    service.calls.splice(0)
    const first = await head(`${registry.host}/web:1`)
    expect(first).toEqual({
      is: 'unknown',
      reason: `${service.host} does not accept the login for ${registry.host} (401)`,
    })
    expect(await head(`${registry.host}/web:2`)).toEqual(first)
    expect([registry.calls.length, service.calls.length]).toEqual([1, 1])
  })

  test('by the registry, which gives tokens it does not take, ends after two tries', async () => {
    const service = await started(startTokenService({ open: () => true }))
    const offer = `Bearer realm="${service.url}/token"`
    const registry = await faulty((_, response) => response.writeHead(401, { 'www-authenticate': offer }).end())
    const { head } = client()
    const first = await head(`${registry.host}/web:1`)
    expect(first).toEqual({
      is: 'unknown',
      reason: `${registry.host} asks for a login (401) and there is none in the Docker configuration`,
    })
    expect(await head(`${registry.host}/web:2`)).toEqual(first)
    expect([registry.calls.length, service.calls.length]).toEqual([2, 1])
  })

  test.each<[string, Listener, string]>([
    ['fails', (_, response) => response.writeHead(502).end(), 'SERVICE, which gives tokens for REGISTRY, answered 502'],
    [
      'is not there',
      (_, response) => response.writeHead(404).end(),
      'SERVICE, which gives tokens for REGISTRY, answered 404',
    ],
    ['answers HTML', (_, response) => response.end('<html>'), 'SERVICE answered without a token for REGISTRY'],
    ['answers half', (_, response) => response.end('{"token":"ab'), 'SERVICE answered without a token for REGISTRY'],
    ['answers nothing', (_, response) => response.end(), 'SERVICE answered without a token for REGISTRY'],
    ['answers null', (_, response) => response.end('null'), 'SERVICE answered without a token for REGISTRY'],
    [
      'answers a token that splits a header',
      (_, response) => response.end(JSON.stringify({ token: 'a\r\nx: y' })),
      'SERVICE answered without a token for REGISTRY',
    ],
    [
      'answers without end',
      (_, response) => response.end('x'.repeat(5000)),
      'SERVICE sent an answer larger than 4096 bytes',
    ],
    [
      'compresses',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'SERVICE compressed its answer, which nobody asked for',
    ],
  ])('because the token service %s is unknown', async (_, fault, reason) => {
    const service = await started(startTokenService({ fault }))
    const registry = await started(startRegistry({ login: { by: 'token', service } }))
    registry.push('web', '1')
    expect(await client({ bytes: 4096 }).head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: reason.replace('SERVICE', service.host).replace('REGISTRY', registry.host),
    })
    expect(registry.calls).toHaveLength(1)
  })
})

describe('a login stays', () => {
  test.each([
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254', 'is not reached through https'],
    ['https://169.254.169.254/latest/meta-data', '169.254.169.254', 'is an address inside a network'],
    ['https://metadata.google.internal/token', 'metadata.google.internal', 'is an address inside a network'],
    ['https://[::ffff:169.254.169.254]/', '[::ffff:a9fe:a9fe]', 'is an address inside a network'],
    ['https://10.1.2.3/token', '10.1.2.3', 'is an address inside a network'],
    ['http://auth.example/token', 'auth.example', 'is not reached through https'],
    ['https://ann@auth.example/token', 'auth.example', 'stands behind a user name'],
  ])('where a registry sends it to %s', async (realm, host, problem) => {
    const service = await started(startTokenService())
    const registry = await started(startRegistry({ login: { by: 'token', service, realm } }))
    const { head } = client({ credentials: canary(registry.host) })
    expect(await head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} sends logins to ${host}, which ${problem}: nothing was sent there`,
    })
    expect(holdsSecret([registry, service])).toBe(false)
  })

  test('and does not follow a redirect of the registry to another port', async () => {
    const other = await started(startRegistry())
    const digest = other.push('web', '1')
    const registry = await redirecting((path) => `${other.url}${path}`)
    const { head } = client({ credentials: canary(registry.host) })
    expect(await head(`${registry.host}/web:1`)).toEqual({ is: 'yes', digest })
    expect(registry.calls.at(-1)?.authorization).toBe(`Basic ${btoa(`ann:${SECRET}`)}`)
    expect(other.calls.map(({ method, authorization }) => [method, authorization])).toEqual([['HEAD', undefined]])
  })

  test('but follows one within the registry', async () => {
    const registry = await redirecting((path) => path.replace('/web/', '/moved/'))
    const digest = registry.push('moved', '1')
    const { head } = client({ credentials: canary(registry.host) })
    expect(await head(`${registry.host}/web:1`)).toEqual({ is: 'yes', digest })
  })

  test('and is not given to a stranger who asks for it after a redirect', async () => {
    const stranger = await started(startRegistry({ login: { by: 'basic', passwords: { ann: SECRET } } }))
    const registry = await redirecting((path) => `${stranger.url}${path}`)
    const { head } = client({ credentials: canary(registry.host) })
    expect(await head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${stranger.host} asks for a login (401)`,
    })
    expect(holdsSecret([stranger])).toBe(false)
  })

  test('and does not follow a redirect of the token service to another port', async () => {
    const other = await started(startTokenService({ passwords: { ann: SECRET }, open: () => true }))
    const service = await started(
      startTokenService({
        fault: ({ path }, response) => response.writeHead(307, { location: `${other.url}${path}` }).end(),
      }),
    )
    const registry = await started(startRegistry({ login: { by: 'token', service } }))
    await client({ credentials: canary(registry.host) }).head(`${registry.host}/web:1`)
    expect(other.calls.map(({ path, authorization }) => [path.split('?')[0], authorization])).toEqual([
      ['/token', undefined],
    ])
    expect(holdsSecret([service])).toBe(true)
    expect(holdsSecret([registry, other])).toBe(false)
  })

  test('and an identity token does not follow one either', async () => {
    const other = await started(startTokenService({ identityTokens: [SECRET] }))
    const service = await started(
      startTokenService({ fault: (_, response) => response.writeHead(307, { location: `${other.url}/token` }).end() }),
    )
    const registry = await started(startRegistry({ login: { by: 'token', service } }))
    const credentials = login(registry.host, { identitytoken: SECRET })
    expect(await client({ credentials }).head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${service.host}, which gives tokens for ${registry.host}, answered 307`,
    })
    expect(other.calls).toEqual([])
  })

  test.each([
    ['file:///etc/passwd', 'redirects to what, which is no web address'],
    ['https://169.254.169.254/', 'redirects to 169.254.169.254, which is an address inside a network'],
    ['http://', 'redirects to what is no web address'],
    ['/again', 'redirects more than 5 times'],
  ])('a redirect to %s ends', async (location, problem) => {
    const registry = await faulty((_, response) => response.writeHead(302, { location }).end())
    expect(await client().head(`${registry.host}/web:1`)).toEqual({
      is: 'unknown',
      reason: `${registry.host} ${problem}`,
    })
  })

  /** A registry that takes the login itself and sends those who ask for web:1 elsewhere. */
  async function redirecting(to: (path: string) => string) {
    const fault: RegistryOptions['fault'] = ({ path, authorization }, response) => {
      if (!authorization || !path.includes('/web/')) return false
      response.writeHead(307, { location: to(path) }).end()
      return true
    }
    return started(startRegistry({ fault, login: { by: 'basic', passwords: { ann: SECRET } } }))
  }
})

describe('nothing is asked', () => {
  test.each([
    ['v1; rm -rf', undefined],
    ['v1\nx', undefined],
    ['a'.repeat(129), undefined],
    ['1.0+build', undefined],
    ['vé', undefined],
    ['', undefined],
    ['../../blobs', undefined],
    [undefined, `sha256:${'a'.repeat(63)}`],
    [undefined, 'sha256:../../x'],
    ['1', 'latest'],
  ])('of a tag %j, a digest %j', async (tag, digest) => {
    const { registry, head } = asking()
    const existence = await registry.head({ registry: 'registry.example', repository: 'web', tag, digest })
    expect(existence).toMatchObject({ is: 'unknown', reason: expect.stringMatching(/^the (tag|digest) is not/) })
    expect(head).toEqual([])
  })

  test.each([
    ['registry.example', '../web'],
    ['registry.example', 'web:1'],
    ['registry.example', 'web@sha256'],
    ['registry.example:99999', 'web'],
    ['ann@registry.example', 'web'],
    ['registry.example/..', 'web'],
    ['registry.example', 'Web'],
    ['', ''],
  ])('of the registry %j, the repository %j', async (registry, repository) => {
    const { registry: client, head } = asking()
    expect(await client.head({ registry, repository, tag: '1' })).toMatchObject({ is: 'unknown' })
    expect(await client.tags({ registry, repository })).toMatchObject({ is: 'unknown' })
    expect(head).toEqual([])
  })
})

/** A registry whose requests are written down and not sent. */
function asking() {
  const head: string[] = []
  const registry = createRegistry({
    http: async ({ url }) => {
      head.push(url.href)
      return { status: 404, headers: {}, body: '' }
    },
    credentials: () => undefined,
    sleep: async () => {},
    note: () => {},
    now: () => NOW,
  })
  return { registry, head }
}

test.each([
  [undefined, 'nginx', 'https://registry-1.docker.io/v2/library/nginx/manifests/1'],
  [undefined, 'team/web', 'https://registry-1.docker.io/v2/team/web/manifests/1'],
  ['docker.io', 'nginx', 'https://registry-1.docker.io/v2/library/nginx/manifests/1'],
  ['index.docker.io', 'library/nginx', 'https://registry-1.docker.io/v2/library/nginx/manifests/1'],
  ['ghcr.io', 'team/web', 'https://ghcr.io/v2/team/web/manifests/1'],
  ['Registry.Example:8443', 'web', 'https://registry.example:8443/v2/web/manifests/1'],
  ['localhost:5000', 'web', 'http://localhost:5000/v2/web/manifests/1'],
  ['localhost', 'web', 'http://localhost/v2/web/manifests/1'],
  ['127.0.0.1:5000', 'web', 'http://127.0.0.1:5000/v2/web/manifests/1'],
  ['[::1]:5000', 'web', 'http://[::1]:5000/v2/web/manifests/1'],
  ['127.0.0.2:5000', 'web', 'https://127.0.0.2:5000/v2/web/manifests/1'],
  ['10.0.0.1:5000', 'web', 'https://10.0.0.1:5000/v2/web/manifests/1'],
  ['localhost.example', 'web', 'https://localhost.example/v2/web/manifests/1'],
])('of %s, %s is asked at its API', async (registry, repository, url) => {
  const { registry: client, head } = asking()
  await client.head({ registry, repository, tag: '1' })
  expect(head).toEqual([url])
})
