import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpGet } from '../../src/kubernetes/http.ts'
import { openLocations } from '../../src/kubernetes/locations.ts'

const SCHEMA = JSON.stringify({ type: 'object', properties: { spec: false } })

const running: { server: Server; sockets: Set<Socket> }[] = []

afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server on loopback; `asked` are the paths in order. */
async function serve(answer: RequestListener) {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  server.on('connection', (socket) => sockets.add(socket))
  running.push({ server, sockets })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, sockets }
}

function client(options: { timeout?: number; bytes?: number } = {}) {
  const waits: number[] = []
  const get = createHttpGet({ sleep: async (milliseconds) => void waits.push(milliseconds), ...options })
  return { get, waits }
}

async function text(answer: Promise<{ status: number; body: Uint8Array }>) {
  const { status, body } = await answer
  return `${status} ${Buffer.from(body)}`
}

describe('an answer', () => {
  test('comes with its body', async () => {
    const { url, asked } = await serve((_, response) => response.end(SCHEMA))
    expect(await text(client().get(`${url}/a.json`))).toBe(`200 ${SCHEMA}`)
    expect(asked).toEqual(['/a.json'])
  })

  test('may be compressed', async () => {
    const { url } = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(SCHEMA))
    })
    expect(await text(client().get(url))).toBe(`200 ${SCHEMA}`)
  })

  test.each([404, 403, 401, 204])('%i is final, and its body is not read', async (status) => {
    const { url, asked } = await serve((_, response) => response.writeHead(status).end(status === 204 ? '' : 'no'))
    const { get, waits } = client()
    expect(await text(get(url))).toBe(`${status} `)
    expect(asked).toHaveLength(1)
    expect(waits).toEqual([])
  })

  test('carries no credentials', async () => {
    let headers: object = {}
    const { url } = await serve((request, response) => {
      headers = request.headers
      response.end('{}')
    })
    await client().get(url)
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
  })
})

describe('a busy server', () => {
  test.each([500, 503, 429])('that answers %i is asked twice more', async (status) => {
    const { url, asked } = await serve((_, response) => response.writeHead(status).end())
    const { get, waits } = client()
    expect(await text(get(url))).toBe(`${status} `)
    expect(asked).toHaveLength(3)
    expect(waits).toEqual([1000, 2000])
  })

  test('that recovers has answered', async () => {
    const { url, asked } = await serve((_, response) => response.writeHead(asked.length < 3 ? 502 : 200).end(SCHEMA))
    expect(await text(client().get(url))).toBe(`200 ${SCHEMA}`)
  })

  test.each([
    ['3', [3000, 3000]],
    ['86400', [10_000, 10_000]],
    ['Wed, 21 Oct 2099 07:28:00 GMT', [1000, 2000]],
    ['-5', [1000, 2000]],
  ])('that asks to wait for %s is waited for in reason', async (retryAfter, expected) => {
    const { url } = await serve((_, response) => response.writeHead(429, { 'retry-after': retryAfter }).end())
    const { get, waits } = client()
    await get(url)
    expect(waits).toEqual(expected)
  })

  test('that resets the connection is asked twice more', async () => {
    const { url, asked } = await serve((request) => request.socket.resetAndDestroy())
    await expect(client().get(url)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(asked).toHaveLength(3)
  })

  test('that stops in the middle is asked twice more', async () => {
    const { url, asked } = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{')
      setTimeout(() => request.socket.destroy(), 10)
    })
    await expect(client().get(url)).rejects.toThrow()
    expect(asked).toHaveLength(3)
  })

  test('that is not there', async () => {
    const { url } = await serve(() => {})
    const [entry] = running.splice(0)
    await new Promise((resolve) => entry?.server.close(resolve))
    await expect(client().get(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test.each<[string, RequestListener]>([
    ['never answers', () => {}],
    [
      'never ends',
      (_, response) => {
        const trickle = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(trickle))
      },
    ],
  ])('that %s is given up, and its connections closed', async (_, answer) => {
    const { url, asked, sockets } = await serve(answer)
    await expect(client({ timeout: 200 }).get(url)).rejects.toThrow('it took longer than 0.2 s')
    expect(asked).toHaveLength(3)
    await Promise.all([...sockets].map((socket) => socket.closed || new Promise((close) => socket.on('close', close))))
  })
})

describe('a large answer', () => {
  test('is left at the limit', async () => {
    const { url, asked } = await serve((_, response) => {
      const endless = () => {
        while (response.write('x'.repeat(10_000)));
      }
      response.on('drain', endless)
      endless()
    })
    await expect(client({ bytes: 100_000 }).get(url)).rejects.toThrow('it exceeds the limit schema-bytes (100000)')
    expect(asked).toHaveLength(1)
  })

  test('is left at the limit after it was decompressed', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    await expect(client({ bytes: 100_000 }).get(url)).rejects.toThrow('it exceeds the limit schema-bytes (100000)')
  })

  test.each(['br', 'gzip, gzip'])('compressed as %s is refused', async (encoding) => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end('x'))
    await expect(client().get(url)).rejects.toThrow('it is compressed in a way nobody asked for')
  })

  test('that is no gzip is an error', async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'))
    await expect(client().get(url)).rejects.toThrow()
  })
})

describe('a redirect', () => {
  test('is followed, also when it is relative or leads to another host', async () => {
    const other = await serve((_, response) => response.end(SCHEMA))
    const { url } = await serve((request, response) => {
      const location = request.url === '/a' ? '/b' : `${other.url}/c`
      response.writeHead(302, { location }).end()
    })
    expect(await text(client().get(`${url}/a`))).toBe(`200 ${SCHEMA}`)
    expect(other.asked).toEqual(['/c'])
  })

  test('without end is left', async () => {
    const { url, asked } = await serve((_, response) => response.writeHead(307, { location: '/' }).end())
    await expect(client().get(url)).rejects.toThrow('it redirects more than 5 times')
    expect(asked).toHaveLength(6)
  })

  test.each(['file:///etc/passwd', 'javascript:0', 'http://'])('to %s is refused', async (location) => {
    const { url } = await serve((_, response) => response.writeHead(301, { location }).end())
    await expect(client().get(url)).rejects.toThrow('it redirects to what is no web address')
  })

  test('to nowhere is an answer', async () => {
    const { url } = await serve((_, response) => response.writeHead(301).end())
    expect(await text(client().get(url))).toBe('301 ')
  })
})

test('locations fetch through it, each URL once', async () => {
  const { url, asked } = await serve((request, response) => {
    if (request.url === '/example.com/lamp_v1.json') response.end(SCHEMA)
    else if (request.url === '/example.com/page_v1.json') response.end('<html>not here</html>')
    else response.writeHead(404).end('<html>not here</html>')
  })
  const locations = openLocations(
    [`${url}/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`],
    { get: client().get, readFile: async () => undefined, bundled: () => false },
    { kubernetes: '1.34', strict: true },
  )
  const kinds = ['Lamp', 'Lamp', 'Page', 'Bulb', 'Lamp']
  const found = await Promise.all(kinds.map((kind) => locations.find('example.com/v1', kind)))

  expect(found.map(({ is }) => is)).toEqual(['found', 'found', 'failed', 'missing', 'found'])
  expect(asked.sort()).toEqual(['/example.com/bulb_v1.json', '/example.com/lamp_v1.json', '/example.com/page_v1.json'])
  expect(locations.failures()).toEqual([
    { place: `${url}/example.com/page_v1.json`, message: `The schema ${url}/example.com/page_v1.json is no JSON.` },
  ])
})
