import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openCatalog } from '../../src/kubernetes/catalog.ts'
import { crdKinds } from '../../src/kubernetes/crd.ts'
import { judge } from '../../src/kubernetes/judge.ts'
import type { SchemaProblem } from '../../src/kubernetes/problem.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'

const catalog = openCatalog()
const objectMeta = catalog.find('1.34', 'v1', 'ConfigMap')?.schema.properties?.get('metadata') as Schema

const ANY = Symbol('no schema')

function crd(openAPIV3Schema: unknown, version: object = {}) {
  const schema = openAPIV3Schema === ANY ? {} : { schema: { openAPIV3Schema } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'lamps.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'lamps', kind: 'Lamp' },
      versions: [{ name: 'v1', served: true, storage: true, ...schema, ...version }],
    },
  }
}

function rootOf(spec: object) {
  return { type: 'object', properties: { spec } }
}

/** What is said about a Lamp, each as `rule path`. */
function verdict(definition: unknown, lamp: object): string[] {
  const [kind] = crdKinds(definition, objectMeta).kinds
  const value = { apiVersion: 'example.com/v1', kind: 'Lamp', metadata: { name: 'a' }, ...lamp }
  return judge(value, kind?.schema as Schema, { quoteValues: true }).map(
    ({ rule, path }) => `${rule} ${path.join('.')}`,
  )
}

function said(problems: readonly SchemaProblem[]): string[] {
  return problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const at = 'spec.versions.0.schema.openAPIV3Schema'
const written = 'spec.versions[0].schema.openAPIV3Schema'

describe('the kinds of a CustomResourceDefinition', () => {
  test('are one for each version, whether served or deprecated', () => {
    const definition = crd({ type: 'object' })
    definition.spec.scope = 'Cluster'
    definition.spec.versions.push({ name: 'v1beta1', deprecated: true, deprecationWarning: 'Use v1.' } as never)

    const { kinds, problems } = crdKinds(definition, objectMeta)

    expect(problems).toEqual([])
    expect(kinds.map(({ schema: _, ...kind }) => kind)).toEqual([
      {
        apiVersion: 'example.com/v1',
        group: 'example.com',
        version: 'v1',
        kind: 'Lamp',
        scope: 'Cluster',
        served: true,
        deprecated: false,
      },
      {
        apiVersion: 'example.com/v1beta1',
        group: 'example.com',
        version: 'v1beta1',
        kind: 'Lamp',
        scope: 'Cluster',
        served: false,
        deprecated: true,
        schemaless: true,
        deprecationWarning: 'Use v1.',
      },
    ])
  })

  test.each([
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap' }],
    ['another group', { ...crd({}), apiVersion: 'example.com/v1' }],
    ['no spec', { ...crd({}), spec: null }],
    ['a list', [crd({})]],
    ['nothing', undefined],
  ])('%s defines none', (_, value) => {
    expect(crdKinds(value, objectMeta)).toEqual({ kinds: [], problems: [] })
  })

  test.each([
    ['a built-in group', { group: 'apps' }, 'spec.group: spec.group must be a domain such as example.com.'],
    ['a path', { group: '../example.com' }, 'spec.group: spec.group must be a domain such as example.com.'],
    ['a number', { group: 5 }, 'spec.group: spec.group must be a string, but is the number 5.'],
    ['a kind', { names: { kind: 'a/b' } }, 'spec.names.kind: spec.names.kind must be a name such as CronTab.'],
    [
      'a version',
      { versions: [{ name: '../v1' }] },
      'spec.versions.0.name: spec.versions[0].name must be a version such as v1 or v1beta1.',
    ],
  ])('%s that is no name is a problem', (_, spec, problem) => {
    const definition = crd({ type: 'object' })
    const { kinds, problems } = crdKinds({ ...definition, spec: { ...definition.spec, ...spec } }, objectMeta)

    expect(kinds).toEqual([])
    expect(said(problems)).toEqual([problem])
  })
})

describe('what a schema closes', () => {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  const nested = { spec: { a: { b: 1 } } }

  test.each<[string, object, object, string[]]>([
    ['a field not stated', rootOf({ type: 'object', properties: {} }), nested, ['schema/unknown-field spec.a']],
    ['an object without fields', rootOf({ type: 'object' }), nested, ['schema/unknown-field spec.a']],
    [
      'additionalProperties: false',
      rootOf({ type: 'object', additionalProperties: false }),
      nested,
      ['schema/unknown-field spec.a'],
    ],
    ['the root', { type: 'object' }, nested, ['schema/unknown-field spec']],
    ['not what preserves unknown fields', rootOf(open), nested, []],
    [
      'stated fields below what preserves unknown fields',
      rootOf({ ...open, properties: { a: { type: 'object' } } }),
      nested,
      ['schema/unknown-field spec.a.b'],
    ],
    ['not a root that preserves unknown fields', open, nested, []],
    ['not a root without a type', {}, nested, []],
    [
      'not the items of a list that preserves unknown fields',
      rootOf({ type: 'array', items: { type: 'object' }, 'x-kubernetes-preserve-unknown-fields': true }),
      { spec: [{ a: 1 }] },
      [],
    ],
    ['not a map', rootOf({ type: 'object', additionalProperties: open }), nested, []],
    ['not a map of anything', rootOf({ type: 'object', additionalProperties: true }), nested, []],
    [
      'objects in a map',
      rootOf({ type: 'object', additionalProperties: { type: 'object' } }),
      nested,
      ['schema/unknown-field spec.a.b'],
    ],
    ['nothing by alternatives', rootOf({ ...open, anyOf: [{ properties: { c: {} } }] }), nested, []],
    ['apiVersion, kind and metadata never', { type: 'object' }, { metadata: { name: 'a', labels: { b: 'c' } } }, []],
    [
      'metadata as everywhere',
      { type: 'object' },
      { metadata: { name: 'a', label: {} } },
      ['schema/unknown-field metadata.label'],
    ],
  ])('%s', (_, schema, lamp, expected) => {
    expect(verdict(crd(schema), lamp)).toEqual(expected)
  })

  test('nothing without a schema', () => {
    expect(verdict(crd(ANY), nested)).toEqual([])
    expect(verdict(crd(null), nested)).toEqual([])
  })

  test('nothing where the definition preserves unknown fields as a whole', () => {
    const definition = crd(rootOf({ type: 'object', properties: { c: { type: 'string' } } }))
    const spec = { ...definition.spec, preserveUnknownFields: true }
    expect(verdict({ ...definition, spec }, nested)).toEqual([])
    expect(verdict({ ...definition, spec }, { spec: { c: 1 } })).toEqual(['schema/invalid spec.c'])
  })

  test('an embedded resource, but for what every resource has', () => {
    const template = { type: 'object', 'x-kubernetes-embedded-resource': true }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }
    expect(verdict(crd(rootOf(template)), { spec: pod })).toEqual([])
    expect(verdict(crd(rootOf(template)), { spec: { ...pod, spec: {} } })).toEqual(['schema/unknown-field spec.spec'])
    expect(verdict(crd(rootOf({ ...template, ...open })), { spec: { ...pod, spec: {} } })).toEqual([])
    expect(verdict(crd(rootOf(template)), { spec: { metadata: { nam: 'a' } } })).toEqual([
      'schema/missing spec',
      'schema/missing spec',
      'schema/unknown-field spec.metadata.nam',
    ])
  })

  test('names further, where metadata restricts them', () => {
    const metadata = { type: 'object', properties: { name: { type: 'string', maxLength: 2 } } }
    const definition = crd({ type: 'object', properties: { metadata } })
    expect(verdict(definition, { metadata: { name: 'ab', labels: {} } })).toEqual([])
    expect(verdict(definition, { metadata: { name: 'abc' } })).toEqual(['schema/invalid metadata.name'])
  })
})

describe('what a schema says of values', () => {
  const intOrString = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }
  const port = { type: 'object', properties: { port: { type: 'integer' }, name: { type: 'string' } } }

  test.each<[string, object, unknown[], unknown[]]>([
    ['int-or-string', intOrString, [1, 'a'], [1.5, true, {}]],
    ['format int-or-string', { type: 'string', format: 'int-or-string' }, [1, '50%'], [1.5]],
    ['int-or-string with a pattern', { ...intOrString, pattern: '^[0-9]+%?$' }, [1, '50%'], ['x']],
    ['an enumeration', { type: 'string', enum: ['a', 'b'] }, ['a'], ['c', 1]],
    ['an enumeration of mappings, which is not compared', { type: 'object', enum: [{ a: 1 }] }, [{}], ['c']],
    ['bounds', { type: 'integer', minimum: 1, maximum: 3, exclusiveMaximum: true }, [1, 2], [0, 3]],
    ['multiples', { type: 'integer', multipleOf: 5 }, [5], [6]],
    ['lengths', { type: 'string', minLength: 1, maxLength: 2 }, ['a'], ['', 'abc']],
    ['counts', { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 1 }, [['a']], [[], ['a', 'b']]],
    ['entries', { type: 'object', additionalProperties: true, minProperties: 1 }, [{ a: 1 }], [{}]],
    ['a pattern', { type: 'string', pattern: '^a+$' }, ['aa'], ['b']],
    ['a format', { type: 'string', format: 'byte' }, ['YQ=='], ['?']],
    ['all of', { type: 'string', allOf: [{ pattern: '^a' }, { pattern: 'b$' }] }, ['ab'], ['a', 'b']],
    ['any of', { type: 'object', properties: { a: {}, b: {} }, anyOf: [{ required: ['a'] }] }, [{ a: 1 }], [{ b: 1 }]],
    ['one of', { type: 'integer', oneOf: [{ minimum: 5 }, { maximum: 9 }] }, [1, 10], [7]],
    ['not', { type: 'string', not: { enum: ['a'] } }, ['b'], ['a']],
    [
      'a list of maps',
      { type: 'array', items: port, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port'] },
      [[{ port: 1 }, { port: 2 }]],
      [[{ port: 1 }, { port: 1, name: 'b' }]],
    ],
    [
      'a set',
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      [['a', 'b']],
      [['a', 'a']],
    ],
    ['null, where it is required', { type: 'string', nullable: true }, [null], [1]],
  ])('%s', (_, schema, right, wrong) => {
    const definition = crd({ type: 'object', required: ['spec'], properties: { spec: schema } })
    for (const spec of right) expect.soft(verdict(definition, { spec }), JSON.stringify(spec)).toEqual([])
    for (const spec of wrong) expect.soft(verdict(definition, { spec }), JSON.stringify(spec)).not.toEqual([])
  })
})

describe('what only the API server can judge', () => {
  const type = { type: 'string', default: 'IP' }
  const fields = { type: 'object', properties: { type, value: { type: 'string' } } }
  const isIp = { properties: { type: { enum: ['IP'] } } }
  const isNoIp = { properties: { type: { not: { enum: ['IP'] } } } }

  test.each<[string, object, unknown]>([
    ['a required field with a default', { ...fields, required: ['type'] }, {}],
    ['one of alternatives by a default', { ...fields, oneOf: [isIp, isNoIp] }, { value: '::1' }],
    ['any of alternatives by a default', { ...fields, anyOf: [{ required: ['type'] }] }, { value: '::1' }],
    ['all of what a default meets', { ...fields, allOf: [{ anyOf: [{ required: ['type'] }] }] }, {}],
    ['what a default avoids', { ...fields, not: { properties: { type: { maxLength: 1 } } } }, {}],
    ['a default further in', { type: 'array', items: fields, not: { items: { required: ['type'] } } }, [{}]],
    ['a default in a map', { additionalProperties: fields, not: { additionalProperties: isIp } }, { a: {} }],
    ['one of two formats', { type: 'string', oneOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }, '1.2.3.4'],
    ['a format it is not', { type: 'string', not: { anyOf: [{ format: 'ipv4' }] } }, 'a'],
  ])('is not refused: %s', (_, schema, spec) => {
    expect(verdict(crd(rootOf(schema)), { spec })).toEqual([])
  })

  test.each<[string, object, unknown]>([
    ['any of alternatives beside a default', { ...fields, anyOf: [{ required: ['value'] }] }, {}],
    ['all of them beside a default', { ...fields, allOf: [{ required: ['type'] }, { required: ['value'] }] }, {}],
    ['one of two formats that are known', { oneOf: [{ format: 'int32' }, { format: 'int64' }] }, 1],
  ])('is not all there is: %s', (_, schema, spec) => {
    expect(verdict(crd(rootOf(schema)), { spec })).not.toEqual([])
  })
})

describe('apiextensions.k8s.io/v1beta1', () => {
  const openAPIV3Schema = { properties: { spec: { type: 'object', properties: { on: { type: 'boolean' } } } } }
  function old(spec: object) {
    const names = { plural: 'lamps', kind: 'Lamp' }
    return {
      apiVersion: 'apiextensions.k8s.io/v1beta1',
      kind: 'CustomResourceDefinition',
      spec: { group: 'example.com', names, validation: { openAPIV3Schema }, ...spec },
    }
  }

  test('has one schema for its only version', () => {
    const definition = old({ version: 'v1' })
    expect(crdKinds(definition, objectMeta).kinds).toMatchObject([{ version: 'v1', served: true, scope: 'Namespaced' }])
    expect(verdict(definition, { spec: { on: 1 } })).toEqual(['schema/invalid spec.on'])
  })

  test('or for all of them, unless a version has its own', () => {
    const own = { type: 'object', properties: { spec: { type: 'string' } } }
    const versions = [
      { name: 'v1', served: true },
      { name: 'v2', schema: { openAPIV3Schema: own } },
    ]
    const [v1, v2] = crdKinds(old({ versions }), objectMeta).kinds
    expect(v1?.schema.properties?.get('spec')?.type).toBe('object')
    expect(v2?.schema.properties?.get('spec')?.type).toBe('string')
  })

  test('keeps unknown fields unless told otherwise', () => {
    expect(verdict(old({ version: 'v1' }), { spec: { off: 1 }, more: 1 })).toEqual([])
    expect(verdict(old({ version: 'v1', preserveUnknownFields: false }), { spec: { off: 1 } })).toEqual([
      'schema/unknown-field spec.off',
    ])
  })
})

describe('a hostile definition', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], `${at}: ${written} must be a mapping, but is a list.`],
    ['a type that is a list', { type: ['object'] }, `${at}.type: ${written}.type must be a string, but is a list.`],
    [
      'a type that is none',
      { type: 'null' },
      `${at}.type: ${written}.type must be one of object, array, string, integer, number, boolean.`,
    ],
    [
      'fields in a list',
      { properties: [] },
      `${at}.properties: ${written}.properties must be a mapping, but is a list.`,
    ],
    [
      'a field that is a number',
      { properties: { spec: 5 } },
      `${at}.properties.spec: ${written}.properties.spec must be a mapping, but is the number 5.`,
    ],
    ['items as a tuple', { items: [{}] }, `${at}.items: ${written}.items must be a mapping, but is a list.`],
    ['a bound that is text', { minimum: '1' }, `${at}.minimum: ${written}.minimum must be a number, but is a string.`],
    [
      'a count that is a fraction',
      { minItems: 1.5 },
      `${at}.minItems: ${written}.minItems must be an integer, but is the number 1.5.`,
    ],
    [
      'a required number',
      { required: ['a', 1] },
      `${at}.required.1: ${written}.required[1] must be a string, but is the number 1.`,
    ],
    ['an enumeration in a mapping', { enum: {} }, `${at}.enum: ${written}.enum must be a list, but is a mapping.`],
    ['alternatives in a mapping', { anyOf: {} }, `${at}.anyOf: ${written}.anyOf must be a list, but is a mapping.`],
    ['a text instead of a schema', { not: 'a' }, `${at}.not: ${written}.not must be a mapping, but is a string.`],
    ...['#/a', 'https://example.com/schema', '/etc/passwd', 5].map((ref): [string, unknown, string] => [
      `a reference to ${ref}`,
      { properties: { a: { $ref: ref } } },
      `${at}.properties.a.$ref: ${written}.properties.a.$ref is refused by the API server: write out the schema it refers to.`,
    ]),
  ])('%s is a problem', (_, schema, problem) => {
    const { kinds, problems } = crdKinds(crd(schema), objectMeta)

    expect(said(problems)).toEqual([problem])
    expect(kinds).toHaveLength(1)
  })

  test('names that stand on every prototype are names like others', () => {
    const properties = JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "integer"}}')
    const spec = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}')

    expect(verdict(crd(rootOf({ type: 'object', properties })), { spec })).toEqual([
      'schema/invalid spec.__proto__',
      'schema/unknown-field spec.toString',
    ])
    expect(({} as { type?: unknown }).type).toBeUndefined()
  })

  test('alternatives shared until they are countless reach a limit', () => {
    let shared: object = { type: 'object' }
    for (let level = 0; level < 40; level++) shared = { anyOf: [shared, shared] }
    const { kinds, problems } = crdKinds(crd(rootOf(shared)), objectMeta)

    expect(kinds).toEqual([])
    expect(problems).toMatchObject([{ rule: 'yaml/limit' }])
    expect(problems[0]?.message).toBe(
      'The schema exceeds the limit crd-nodes (100000), so nothing can be judged by it; simplify it.',
    )
  })

  test('a schema within itself reaches a limit', () => {
    const cyclic: { type: string; properties?: object } = { type: 'object' }
    cyclic.properties = { again: cyclic }
    const { kinds, problems } = crdKinds(crd(cyclic), objectMeta)

    expect(kinds).toEqual([])
    expect(problems.map(({ message }) => message)).toEqual([
      'The schema exceeds the limit crd-depth (100), so nothing can be judged by it; simplify it.',
    ])
  })

  test('faults in shared parts are told a hundred times at most', () => {
    let shared: object = { type: 'wrong' }
    for (let level = 0; level < 10; level++) shared = { anyOf: [shared, shared] }
    expect(crdKinds(crd(rootOf(shared)), objectMeta).problems).toHaveLength(100)
  })

  test('an enumeration without end reaches a limit', () => {
    const { kinds, problems } = crdKinds(crd(rootOf({ enum: Array(11).fill('a') })), objectMeta, { nodes: 10 })
    expect(kinds).toEqual([])
    expect(problems).toMatchObject([{ rule: 'yaml/limit' }])
  })

  test('a pattern that backtracks elsewhere is linear', () => {
    const spec = { type: 'string', pattern: '^(a+)+$' }
    expect(verdict(crd(rootOf(spec)), { spec: `${'a'.repeat(50_000)}!` })).toEqual(['schema/invalid spec'])
  })

  const keyword = fc.constantFrom(
    ...['type', 'properties', 'items', 'additionalProperties', 'anyOf', 'not', 'required', 'enum', 'pattern', 'format'],
    ...['minimum', 'nullable', '$ref', 'x-kubernetes-int-or-string', 'x-kubernetes-embedded-resource', '__proto__'],
  )
  const { schema } = fc.letrec((tie) => ({
    schema: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('object', 'array', 'string', '^(', 'byte', true, 1),
      fc.array(tie('schema'), { maxLength: 3 }),
      fc.dictionary(keyword, tie('schema'), { maxKeys: 4 }),
    ),
  }))

  test('ends in kinds and problems, whatever it holds', () => {
    fc.assert(
      fc.property(schema, fc.jsonValue(), (stated, spec) => {
        const { kinds, problems } = crdKinds(crd(stated), objectMeta)
        const [kind] = kinds
        if (kind) judge({ apiVersion: 'example.com/v1', kind: 'Lamp', spec }, kind.schema, { quoteValues: true })
        expect(kinds).toHaveLength(1)
        expect(problems.every(({ message, path }) => message.endsWith('.') && path.length > 0)).toBe(true)
      }),
    )
  })

  test('ends in kinds and problems, whatever its spec holds', () => {
    const names = fc.constantFrom('group', 'scope', 'names', 'versions', 'version', 'validation', 'kind', 'name')
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (spec) => {
        expect(crdKinds({ ...crd({}), spec }, objectMeta).kinds.length).toBeLessThan(2)
      }),
    )
  })
})
