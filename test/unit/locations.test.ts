import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LocationPorts, openLocations } from '../../src/kubernetes/locations.ts'

const LAMP = { properties: { spec: { properties: { on: { type: 'boolean' } }, additionalProperties: false } } }
const OPTIONS = { kubernetes: '1.34', strict: true }

/** Schemas by place: JSON, text, a status, or an error. Counts what is asked for. */
function world(places: Readonly<Record<string, unknown>> = {}, bundled: readonly string[] = []) {
  const asked: string[] = []
  async function at(place: string): Promise<Uint8Array | number | undefined> {
    asked.push(place)
    const found = Object.hasOwn(places, place) ? places[place] : undefined
    if (found instanceof Error) throw found
    if (found === undefined || typeof found === 'number') return found
    return new TextEncoder().encode(typeof found === 'string' ? found : JSON.stringify(found))
  }
  const ports: LocationPorts = {
    readFile: async (path) => (await at(path)) as Uint8Array | undefined,
    async get(url) {
      const found = (await at(url)) ?? 404
      return typeof found === 'number' ? { status: found, body: new Uint8Array() } : { status: 200, body: found }
    },
    bundled: (apiVersion, kind) => bundled.includes(`${apiVersion}/${kind}`),
  }
  return { ports, asked }
}

function open(templates: string[], places?: Readonly<Record<string, unknown>>, bundled?: string[]) {
  const { ports, asked } = world(places, bundled)
  return { locations: openLocations(templates, ports, OPTIONS), asked }
}

describe('finding a schema', () => {
  test('judges by what a template leads to', async () => {
    const places = { 'schemas/example.com/lamp_v1.json': LAMP }
    const { locations } = open(['schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'], places)
    const found = await locations.find('example.com/v1', 'Lamp')

    expect(found).toMatchObject({ is: 'found', place: 'schemas/example.com/lamp_v1.json' })
    if (found.is !== 'found') return
    expect(found.judge({ spec: { on: true } })).toEqual([])
    expect(found.judge({ spec: { on: 'yes', off: 1 } }).map(({ rule, path }) => [rule, path])).toEqual([
      ['schema/invalid', ['spec', 'on']],
      ['schema/unknown-field', ['spec', 'off']],
    ])
  })

  test('tries the locations in order', async () => {
    const { locations, asked } = open(['a.json', 'https://example.com/b.json', 'c.json'], {
      'https://example.com/b.json': LAMP,
      'c.json': LAMP,
    })
    expect(await locations.find('example.com/v1', 'Lamp')).toMatchObject({ place: 'https://example.com/b.json' })
    expect(asked).toEqual(['a.json', 'https://example.com/b.json'])
    expect(locations.failures()).toEqual([])
  })

  test('opens each file and URL once, however many ask for it at once', async () => {
    const { locations, asked } = open(['https://example.com/all.json'], { 'https://example.com/all.json': LAMP })
    const kinds = ['Lamp', 'Lamp', 'Shade', 'Bulb']
    const found = await Promise.all(kinds.map((kind) => locations.find('example.com/v1', kind)))
    expect(found.map(({ is }) => is)).toEqual(['found', 'found', 'found', 'found'])
    expect(asked).toEqual(['https://example.com/all.json'])
  })

  test('follows references to files beside the schema, on the network too', async () => {
    const url = 'https://example.com/v1/lamp.json?token=hunter2'
    const { locations, asked } = open([`${url}#json`], {
      [`${url}#json`]: { properties: { spec: { $ref: '_definitions.json#/definitions/Spec' } } },
      'https://example.com/v1/_definitions.json': { definitions: { Spec: { type: 'object' } } },
    })
    const found = await locations.find('example.com/v1', 'Lamp')
    expect(found).toMatchObject({ is: 'found', place: 'https://example.com/v1/lamp.json' })
    expect(asked).toEqual([`${url}#json`, 'https://example.com/v1/_definitions.json'])
  })
})

describe('the bundled catalog', () => {
  const places = { 'a.json': LAMP, 'https://example.com/b.json': LAMP }
  const bundled = ['apps/v1/Deployment']

  test.each([
    [['default', 'a.json'], 'bundled', []],
    [['a.json', 'default'], 'found', ['a.json']],
    [['https://example.com/b.json', 'default'], 'found', ['https://example.com/b.json']],
    [['https://example.com/b.json'], 'bundled', []],
    [['none.json', 'https://example.com/b.json'], 'bundled', ['none.json']],
    [['none.json'], 'bundled', ['none.json']],
    [[], 'bundled', []],
  ])('of %j: %s', async (templates, is, expected) => {
    const { locations, asked } = open(templates, places, bundled)
    expect((await locations.find('apps/v1', 'Deployment')).is).toBe(is)
    expect(asked).toEqual(expected)
  })
})

describe('a location that fails', () => {
  const url = 'https://example.com/a.json'

  test.each<[string, unknown, string]>([
    ['a server error', 503, `The schema ${url} cannot be fetched: the server answers 503.`],
    ['a ban', 403, `The schema ${url} cannot be fetched: the server answers 403.`],
    ['too many requests', 429, `The schema ${url} cannot be fetched: the server answers 429.`],
    ['a page', '<html>', `The schema ${url} is no JSON.`],
    ['nothing', '', `The schema ${url} is no JSON.`],
    ['a list', [], `The schema ${url} is no schema.`],
    ['half a schema', { properties: { a: 5 } }, `The schema ${url}#/properties/a is no schema.`],
    [
      'no connection',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
      `The schema ${url} cannot be fetched: ECONNREFUSED.`,
    ],
    [
      'a lacking file beside it',
      { $ref: 'b.json' },
      'The schema https://example.com/b.json is referred to, but not there.',
    ],
  ])('by %s is reported, and the next one tried', async (_, answer, message) => {
    const { locations } = open([url, 'b.json'], { [url]: answer, 'b.json': LAMP })
    expect(await locations.find('example.com/v1', 'Lamp')).toMatchObject({ is: 'found', place: 'b.json' })
    expect(locations.failures()).toEqual([{ place: url, message }])
  })

  test('leaves a kind unjudged where no other one has it', async () => {
    const { locations } = open(['none.json', url], { [url]: 500 })
    expect(await locations.find('example.com/v1', 'Lamp')).toEqual({
      is: 'failed',
      message: `a schema location failed (The schema ${url} cannot be fetched: the server answers 500)`,
    })
  })

  test('is missing where every one has answered that there is none', async () => {
    const { locations } = open(['none.json', url], { [url]: 404 })
    expect(await locations.find('example.com/v1', 'Lamp')).toEqual({ is: 'missing' })
    expect(locations.failures()).toEqual([])
  })

  test('again and again is not asked any more', async () => {
    const { locations, asked } = open(['https://example.com/{{ .ResourceKind }}.json'], {
      'https://example.com/a.json': 429,
      'https://example.com/b.json': 429,
      'https://example.com/c.json': 429,
      'https://example.com/d.json': LAMP,
    })
    for (const kind of ['A', 'B', 'C', 'D']) {
      expect(await locations.find('example.com/v1', kind)).toMatchObject({ is: 'failed' })
    }
    expect(asked).toHaveLength(3)
    expect(locations.failures().map(({ place }) => place.at(-6))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('because a file cannot be read names the reason', async () => {
    const denied = Object.assign(new Error("EACCES: permission denied, open '/secret'"), { code: 'EACCES' })
    const { locations } = open(['a.json'], { 'a.json': denied })
    expect(await locations.find('v1', 'Pod')).toMatchObject({ is: 'failed' })
    expect(locations.failures()[0]?.message).toBe('The schema a.json cannot be read: EACCES.')
  })

  test('never shows what stands in a query', async () => {
    const { locations } = open([`${url}?token=hunter2&x=json`], { [`${url}?token=hunter2&x=json`]: 500 })
    const found = await locations.find('example.com/v1', 'Lamp')
    expect(JSON.stringify([found, locations.failures()])).not.toContain('hunter2')
  })

  test('because it is too large names the limit', async () => {
    const { locations } = open(['a.json'], { 'a.json': `"${'a'.repeat(16 * 1024 * 1024)}"` })
    expect(await locations.find('v1', 'Pod')).toMatchObject({ is: 'failed' })
    expect(locations.failures()[0]?.message).toBe('The schema a.json exceeds the limit schema-bytes (16777216).')
  })
})

describe('an apiVersion or kind that is no name', () => {
  const templates = [
    '{{ .Group }}/{{ .ResourceAPIVersion }}/{{ .ResourceKind }}.json',
    'https://example.com/{{ .Group }}/{{ .ResourceKind }}.json',
  ]

  test.each([
    ['../v1', 'Pod'],
    ['v1', '../../etc/passwd'],
    ['example.com/../v1', 'Pod'],
    ['..', 'Pod'],
    ['a..b/v1', 'Pod'],
    ['v1', 'Pod?x='],
    ['v1', 'Pod#'],
    ['v1', 'Pod%2e'],
    ['v1', 'Pod\n'],
    ['@evil.example/v1', 'Pod'],
    ['v1\\', 'Pod'],
    ['', 'Pod'],
    ['v1', ''],
    ['v1', 'P'.repeat(300)],
  ])('%j %j never enters a path or URL', async (apiVersion, kind) => {
    const { locations, asked } = open(templates)
    expect(await locations.find(apiVersion, kind)).toEqual({ is: 'missing' })
    expect(asked).toEqual([])
  })

  test('whatever it is, only plain segments are asked for', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z./%#?@:\\-]{0,12}$/),
      fc.constantFrom('v1', 'Pod', 'a.b/v1'),
    )
    await fc.assert(
      fc.asyncProperty(text, text, async (apiVersion, kind) => {
        const { locations, asked } = open(templates)
        await locations.find(apiVersion, kind)
        for (const place of asked) {
          const segments = place.replace('https://example.com/', '').split('/')
          expect(segments.length).toBeLessThan(4)
          for (const segment of segments) expect(segment).toMatch(/^[a-z0-9][a-z0-9.-]*$/)
          expect(segments).not.toContain('..')
        }
      }),
    )
  })
})
