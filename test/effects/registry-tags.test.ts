import { afterEach, describe, expect, test } from 'vitest'
import { client, login } from '../registry/client.ts'
import type { PageOptions } from '../registry/pages.ts'
import type { Served } from '../registry/serve.ts'
import { type RegistryOptions, startRegistry } from '../registry/start.ts'
import { startTokenService } from '../registry/token-service.ts'

const running: Served[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

const TAGS = ['2.0', '1.0', '1.1', 'latest', '1.2']

async function withTags(options: RegistryOptions = {}) {
  const registry = await startRegistry(options)
  running.push(registry)
  for (const tag of TAGS) registry.push('team/web', tag)
  const [host = '', ...path] = `${registry.host}/team/web`.split('/')
  return { registry, repository: { registry: host, repository: path.join('/') } }
}

describe('the tags of a repository', () => {
  test.each<[string, PageOptions]>([
    ['at once', {}],
    ['in pages', { size: 2 }],
    ['one by one', { size: 1 }],
    ['in pages that say where they are', { size: 2, link: ({ path, query }) => `<${path}${query}>; rel=next` }],
    [
      'in pages with other links',
      { size: 2, link: ({ path, query }) => `</first>; rel="first", <${path}${query}>; title="a"; rel="last next"` },
    ],
    // As Artifactory: a part of the path is missing.
    [
      'in pages whose link has another path',
      { size: 2, link: ({ query }) => `</v2/web/tags/list${query}>; rel="next"` },
    ],
  ])('are all listed, %s', async (_, pages) => {
    const { registry, repository } = await withTags({ pages })
    expect(await client().tags(repository)).toEqual({ is: 'yes', tags: TAGS })
    expect(new Set(registry.calls.map(({ path }) => path.split('?')[0]))).toEqual(new Set(['/v2/team/web/tags/list']))
    expect(registry.calls[0]?.path).toBe('/v2/team/web/tags/list?n=1000')
  })

  test('are asked for with one token for all pages', async () => {
    const service = await startTokenService({ open: () => true })
    running.push(service)
    const { repository } = await withTags({ login: { by: 'token', service }, pages: { size: 1 } })
    expect(await client().tags(repository)).toEqual({ is: 'yes', tags: TAGS })
    expect(service.calls).toHaveLength(1)
  })

  test('are asked for once in a run', async () => {
    const { registry, repository } = await withTags()
    const { tags } = client()
    await Promise.all([tags(repository), tags(repository)])
    expect(registry.calls).toHaveLength(1)
  })

  test('of a repository that is not there are a no', async () => {
    const { repository } = await withTags()
    expect(await client().tags({ ...repository, repository: 'team/other' })).toEqual({ is: 'no' })
  })
})

describe('a list of tags', () => {
  test('that has no end is unknown, not a part of it', async () => {
    const { registry, repository } = await withTags({
      pages: { size: 2, link: ({ path, query }) => `<${path}${query.replace(/last=.*/, 'last=2.0')}>; rel="next"` },
    })
    expect(await client().tags(repository)).toEqual({
      is: 'unknown',
      reason: `${registry.host} has no end to its list of tags`,
    })
    expect(registry.calls).toHaveLength(2)
  })

  test('that always has one more page ends', async () => {
    let page = 0
    const { registry, repository } = await withTags({
      fault: (_, response) => {
        response.setHeader('link', `<?last=${page++}>; rel="next"`).end('{"tags":["1"]}')
        return true
      },
    })
    expect(await client().tags(repository)).toEqual({
      is: 'unknown',
      reason: `${registry.host} has no end to its list of tags`,
    })
    expect(registry.calls).toHaveLength(1000)
  })

  test.each(['https://elsewhere.example/', 'http://127.0.0.1:1/', '//elsewhere.example/', 'https://'])(
    'that continues at %s is unknown, and nobody there gets the login',
    async (elsewhere) => {
      const { registry, repository } = await withTags({
        login: { by: 'basic', passwords: { ann: 'secret' } },
        pages: { size: 2, link: () => `<${elsewhere}>; rel="next"` },
      })
      const credentials = login(registry.host, { auth: btoa('ann:secret') })
      expect(await client({ credentials }).tags(repository)).toEqual({
        is: 'unknown',
        reason: `${registry.host} continues its list of tags at another host`,
      })
    },
  )

  test('that breaks off is unknown, not a part of it', async () => {
    const { registry, repository } = await withTags({
      pages: { size: 2 },
      fault: ({ path }, response) => {
        if (path.includes('last=')) response.writeHead(404).end()
        return path.includes('last=')
      },
    })
    expect(await client().tags(repository)).toEqual({ is: 'unknown', reason: `${registry.host} answered 404` })
  })

  test.each(['<html>', '', '{}', 'null', '{"tags":{}}', '{"tags":["1'])('that reads %j is unknown', async (body) => {
    const { registry, repository } = await withTags({
      fault: (_, response) => {
        response.end(body)
        return true
      },
    })
    expect(await client().tags(repository)).toEqual({
      is: 'unknown',
      reason: `${registry.host} answered with something that is no list of tags (200)`,
    })
  })

  test('may be empty, and leaves out what no tag can be', async () => {
    const answers = ['{"tags":null}', JSON.stringify({ tags: ['1', 'a b', '::error::x', 7, null, '1', '2'] })]
    const fault: RegistryOptions['fault'] = (_, response) => {
      response.end(answers.shift())
      return true
    }
    const { repository } = await withTags({ fault })
    expect(await client().tags(repository)).toEqual({ is: 'yes', tags: [] })
    expect(await client().tags(repository)).toEqual({ is: 'yes', tags: ['1', '2'] })
  })
})
