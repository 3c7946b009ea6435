import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonSchemaOptions, judgeByJsonSchema } from '../../src/kubernetes/json-schema.ts'
import { UnusableSchema } from '../../src/kubernetes/json-schema-node.ts'
import { openJsonSchema } from '../../src/kubernetes/json-schema-open.ts'
import { judge } from '../../src/kubernetes/judge.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'

type Files = Readonly<Record<string, unknown>>

function open(schema: unknown, others: Files = {}) {
  const files: Files = { ...others, 'schemas/lamp.json': schema }
  return openJsonSchema('schemas/lamp.json', async (file) => {
    if (!Object.hasOwn(files, file)) throw new Error(`no ${file}`)
    return files[file]
  })
}

async function problems(schema: unknown, value: unknown, options: JsonSchemaOptions = { quoteValues: true }) {
  return judgeByJsonSchema(value, await open(schema), options)
}

/** What is said of a value, each as `rule path at: message`. */
async function said(schema: unknown, value: unknown): Promise<string[]> {
  const found = await problems(schema, value)
  return found.map(({ rule, path, at, message }) => `${rule} /${path.join('/')} ${at}: ${message}`)
}

function closed(properties: object, more: object = {}) {
  return { type: 'object', properties, additionalProperties: false, ...more }
}

const spec = { properties: { spec: closed({ replicas: { type: 'integer' }, paused: { type: 'boolean' } }) } }

describe('what is said', () => {
  test.each<[string, object, unknown, string[]]>([
    ['nothing of what is right', spec, { spec: { replicas: 1 } }, []],
    [
      'of a wrong type',
      spec,
      { spec: { replicas: 'two' } },
      ['schema/invalid /spec/replicas value: spec.replicas must be an integer, but is a string.'],
    ],
    [
      'of one of several types',
      { properties: { port: { type: ['integer', 'string', 'null'] } } },
      { port: true },
      ['schema/invalid /port value: port must be an integer or a string, but is the boolean true.'],
    ],
    [
      'of an unknown field, at its key',
      spec,
      { spec: { replica: 1 } },
      ['schema/unknown-field /spec/replica key: spec.replica is unknown: spec has no field replica.'],
    ],
    [
      'of an unevaluated field',
      { allOf: [{ properties: { a: true } }], properties: { b: true }, unevaluatedProperties: false },
      { a: 1, b: 1, c: 1 },
      ['schema/unknown-field /c key: c is unknown: this kind has no field c.'],
    ],
    [
      'of a missing field, at what lacks it',
      { properties: { spec: { required: ['image'] } } },
      { spec: {} },
      ['schema/missing /spec key: spec lacks the required field image.'],
    ],
    [
      'of the resource itself',
      { type: 'object', required: ['spec'] },
      {},
      ['schema/missing / key: The resource lacks the required field spec.'],
    ],
    [
      'of a field that another one needs',
      { dependentRequired: { key: ['cert'] } },
      { key: 1 },
      ['schema/missing / key: The resource lacks the required field cert.'],
    ],
    [
      'of an enumeration',
      { properties: { type: { enum: ['A', 'B'] } } },
      { type: 'C' },
      ['schema/invalid /type value: type must be one of "A", "B".'],
    ],
    ['of a constant', { properties: { a: { const: 5 } } }, { a: 6 }, ['schema/invalid /a value: a must be 5.']],
    [
      'of bounds',
      { items: { minimum: 1, exclusiveMaximum: 9, multipleOf: 2 } },
      [0, 9],
      [
        'schema/invalid /0 value: [0] must be at least 1.',
        'schema/invalid /1 value: [1] must be less than 9.',
        'schema/invalid /1 value: [1] must be a multiple of 2.',
      ],
    ],
    [
      'of sizes',
      { properties: { a: { maxLength: 1 }, b: { minItems: 1 }, c: { maxProperties: 0 } } },
      { a: 'xyz', b: [], c: { d: 1 } },
      [
        'schema/invalid /a value: a must have at most 1 characters, but has 3.',
        'schema/invalid /b value: b must have at least 1 items, but has 0.',
        'schema/invalid /c value: c must have at most 0 entries, but has 1.',
      ],
    ],
    [
      'of a pattern',
      { items: { pattern: '^a+$' } },
      ['secret'],
      ['schema/invalid /0 value: [0] does not match the pattern ^a+$.'],
    ],
    [
      'of formats the API server decodes',
      { properties: { a: { format: 'int32' }, b: { format: 'byte' }, c: { format: 'uri' } } },
      { a: 2 ** 40, b: '?', c: '?' },
      ['schema/invalid /a value: a does not fit 32 bits.', 'schema/invalid /b value: b is not base64.'],
    ],
    [
      'of repeated items',
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      ['schema/invalid / value: The resource must not hold the same item twice.'],
    ],
    [
      'of a name',
      { propertyNames: { pattern: '^[a-z]+$' } },
      { A: 1 },
      ['schema/invalid /A key: A has a name its schema does not allow.'],
    ],
    [
      'of what is forbidden',
      { properties: { a: false } },
      { a: 1 },
      ['schema/invalid /a value: a is not allowed here.'],
    ],
    ['of a negation', { not: {} }, {}, ['schema/invalid / value: The resource has a form its schema forbids.']],
    [
      'of a condition',
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: { required: ['a'] }, then: { required: ['b'] } },
      { a: 1 },
      ['schema/missing / key: The resource lacks the required field b.'],
    ],
    [
      'of a list that lacks an item',
      { contains: { type: 'string' } },
      [1],
      ['schema/invalid / value: The resource lacks an item that its schema demands.'],
    ],
  ])('%s', async (_, schema, value, expected) => {
    expect(await said(schema, value)).toEqual(expected)
  })

  test('a misspelt field gets a suggestion', async () => {
    expect((await problems(spec, { spec: { replica: 1 } }))[0]?.help).toBe('Did you mean replicas?')
  })

  test('no text is quoted, and no number where it may be a secret', async () => {
    const schema = { items: { type: 'boolean', enum: [true], pattern: '^x', maxLength: 1 } }
    const found = await problems(schema, ['hunter2', 12345], { quoteValues: false })
    expect(JSON.stringify(found)).not.toMatch(/hunter2|12345/)
  })

  test('the same as by a structural schema', async () => {
    const properties = { a: { type: 'integer', minimum: 3 }, b: { type: 'array', items: { type: 'string' } } } as const
    const structural: Schema = { type: 'object', properties: new Map(Object.entries(properties)), required: ['a'] }
    const json = closed(properties, { required: ['a'] })
    for (const value of [{}, { a: 1 }, { a: 'x', aa: 2 }, { a: 5, b: [1, true, 'c', {}, []] }, { b: {} }, 5, [], 'x']) {
      expect(await problems(json, value)).toEqual(judge(value, structural, { quoteValues: true }))
    }
  })
})

describe('alternatives', () => {
  const port = { anyOf: [{ type: 'integer' }, { type: 'string' }] }
  const byType = {
    oneOf: [closed({ http: closed({ port: { type: 'integer' } }) }, { required: ['http'] }), { type: 'string' }],
  }

  test.each<[string, object, unknown, string[]]>([
    ['that match', port, 80, []],
    [
      'of which none has the type',
      port,
      {},
      ['schema/invalid / value: The resource must be an integer or a string, but is a mapping.'],
    ],
    [
      'of which one is meant',
      byType,
      { http: { port: 'x' } },
      ['schema/invalid /http/port value: http.port must be an integer, but is a string.'],
    ],
    [
      'of which none is meant',
      { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      ['schema/invalid / value: The resource matches none of the alternatives its schema allows.'],
    ],
    [
      'of which several match',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      ["schema/invalid / value: The resource must match exactly one of its schema's alternatives, but matches 2."],
    ],
  ])('%s', async (_, schema, value, expected) => {
    expect(await said(schema, value)).toEqual(expected)
  })
})

describe('what counts as absent or unknown', () => {
  test.each<[string, object, unknown, boolean]>([
    ['null for an optional field', { properties: { a: { type: 'string' } } }, { a: null }, true],
    ['null for a required field', { properties: { a: { type: 'string' } }, required: ['a'] }, { a: null }, false],
    ['null among items', { items: { type: 'string' } }, [null], false],
    ['null for a nullable one', { items: { type: 'string', nullable: true } }, [null], true],
  ])('%s', async (_, schema, value, right) => {
    expect((await problems(schema, value)).length === 0).toBe(right)
  })

  test.each<[string, object]>([
    ['a type', { type: 'integer' }],
    ['an enumeration', { enum: ['a'] }],
    ['several alternatives', { oneOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['a negation', { not: { type: 'integer' } }],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    ['a condition', { if: { type: 'string' }, then: { const: 'a' }, else: { const: 'b' } }],
  ])('nothing is said of a variable by %s', async (_, schema) => {
    const options = { quoteValues: true, unknown: (text: string) => text === 'LATER' }
    expect(await problems({ properties: { a: schema } }, { a: 'LATER' }, options)).toEqual([])
  })
})

describe('what drafts spell differently', () => {
  test.each<[string, object, unknown, unknown]>([
    ['exclusiveMinimum: true', { minimum: 1, exclusiveMinimum: true }, 2, 1],
    ['exclusiveMaximum: false', { maximum: 1, exclusiveMaximum: false }, 1, 2],
    ['items as a list', { items: [{ type: 'string' }], additionalItems: false }, ['a'], ['a', 'b']],
    ['dependencies', { dependencies: { a: ['b'], c: { required: ['d'] } } }, { a: 1, b: 1, c: 1, d: 1 }, { c: 1 }],
    ['definitions', { $ref: '#/definitions/a', definitions: { a: { type: 'string' } } }, 'a', 1],
    ['$defs', { $ref: '#/$defs/a~1b%25', $defs: { 'a/b%': { type: 'string' } } }, 'a', 1],
    ['int-or-string', { format: 'int-or-string', type: 'string' }, 5, 1.5],
    [
      'closed objects that keep unknown fields',
      {
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { a: { type: 'string' } },
        additionalProperties: false,
      },
      { b: 1 },
      { a: 1 },
    ],
  ])('%s', async (_, schema, right, wrong) => {
    expect(await said(schema, right)).toEqual([])
    expect(await said(schema, wrong)).not.toEqual([])
  })

  test('a reference leads to files beside the schema', async () => {
    const schema = await open(
      { properties: { spec: { $ref: '_definitions.json#/definitions/Spec' } } },
      {
        'schemas/_definitions.json': {
          definitions: { Spec: { properties: { next: { $ref: '#/definitions/Spec' } }, additionalProperties: false } },
        },
      },
    )
    const value = { spec: { next: { next: { nxt: 1 } } } }
    expect(judgeByJsonSchema(value, schema).map(({ path }) => path)).toEqual([['spec', 'next', 'next', 'nxt']])
  })
})

describe('what no other keyword speaks about', () => {
  test.each<[string, object, unknown, unknown]>([
    ['fields', { properties: { a: true }, unevaluatedProperties: { type: 'string' } }, { a: 1, b: 'b' }, { b: 1 }],
    [
      'fields matched by a pattern',
      { patternProperties: { '^a': true }, unevaluatedProperties: false },
      { ab: 1 },
      { b: 1 },
    ],
    [
      'fields of the alternative that matches',
      {
        anyOf: [{ required: ['a'], properties: { a: true } }, { properties: { b: true } }],
        unevaluatedProperties: false,
      },
      { a: 1, b: 1 },
      { a: 1, c: 1 },
    ],
    [
      'fields beyond a reference',
      { $ref: '#/$defs/a', $defs: { a: { properties: { a: true } } }, unevaluatedProperties: false },
      { a: 1 },
      { b: 1 },
    ],
    [
      'fields that an inner schema spoke about',
      { allOf: [{ properties: { a: true }, unevaluatedProperties: { type: 'string' } }], unevaluatedProperties: false },
      { a: 1, b: 'b' },
      { b: 1 },
    ],
    ['items', { prefixItems: [true], unevaluatedItems: { type: 'string' } }, [1, 'b'], [1, 2]],
    ['items it must contain', { contains: { type: 'string' }, unevaluatedItems: false }, ['a'], ['a', 1]],
    [
      'fields that depend on another',
      { dependentSchemas: { a: { properties: { a: true, b: true } } }, unevaluatedProperties: false },
      { a: 1, b: 1 },
      { b: 1 },
    ],
  ])('%s', async (_, schema, right, wrong) => {
    expect(await said(schema, right)).toEqual([])
    expect(await said(schema, wrong)).not.toEqual([])
  })
})

describe('an unusable schema', () => {
  test.each<[string, unknown, string, string]>([
    ['a list', [], '', 'is no schema'],
    ['an unknown type', { type: 'text' }, '/type', 'is no type of JSON Schema'],
    ['a bound that is text', { properties: { a: { minimum: '1' } } }, '/properties/a/minimum', 'is no number'],
    ['fields in a list', { properties: [] }, '/properties', 'is no mapping'],
    ['alternatives in a mapping', { anyOf: {} }, '/anyOf', 'is no list'],
    ['required as a flag', { required: true }, '/required', 'is no list of names'],
    ['a pattern that looks back', { pattern: '(?<!a)b' }, '/pattern', 'is a pattern that RE2 cannot read'],
    ['a dynamic reference', { $dynamicRef: '#a' }, '/$dynamicRef', 'is not followed'],
    ['a reference to nowhere', { $ref: '#/$defs/a' }, '/$defs/a', 'is referred to, but not there'],
    ['a reference to a prototype', { $ref: '#/constructor' }, '/constructor', 'is referred to, but not there'],
    ...[
      'https://example.com/a.json',
      'http://169.254.169.254/',
      '../a.json',
      '/etc/passwd',
      'file:///etc/passwd',
      '..%2Fa.json',
      'a/b.json',
      '//example.com/a.json',
      '#anchor',
      '#%',
    ].map((reference): [string, unknown, string, string] => [
      `a reference to ${reference}`,
      { items: { $ref: reference } },
      '',
      `refers to ${JSON.stringify(reference)}, but only files beside it are opened`,
    ]),
  ])('%s', async (_, schema, pointer, message) => {
    const error = await open(schema).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(UnusableSchema)
    expect(error).toMatchObject({ file: 'schemas/lamp.json', pointer, message })
  })

  test('that is too deep or too large names its limit', async () => {
    let deep: object = {}
    for (let level = 0; level < 200; level++) deep = { items: deep }
    await expect(open(deep)).rejects.toThrow('exceeds the limit schema-depth (100)')
    const wide = { allOf: Array(200_000).fill({}) }
    await expect(open(wide)).rejects.toThrow('exceeds the limit schema-nodes (200000)')
  })

  test('that needs file after file', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.json`)
    const files = Object.fromEntries(names.map((name, index) => [`schemas/${name}`, { $ref: `${index + 1}.json` }]))
    await expect(open({ $ref: '0.json' }, files)).rejects.toThrow('needs more than 10 files')
  })
})

describe('a hostile schema', () => {
  test('that doubles with every reference ends at a limit', async () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [level, { anyOf: Array(2).fill({ $ref: `#/$defs/${level + 1}` }) }]),
    )
    const found = await problems({ $ref: '#/$defs/0', $defs: { ...$defs, 40: { type: 'string' } } }, {})
    expect(found).toMatchObject([{ rule: 'yaml/limit', path: [] }])
  })

  test.each<[string, object]>([
    ['itself', { $ref: '#' }],
    ['itself among others', { allOf: [{ $ref: '#' }] }],
    ['itself through another', { $ref: '#/$defs/a', $defs: { a: { not: { $ref: '#' } } } }],
  ])('that refers to %s ends at a limit', async (_, schema) => {
    expect(await problems(schema, {})).toMatchObject([{ rule: 'yaml/limit' }])
  })

  test('with a pattern that backtracks elsewhere is linear', async () => {
    expect(await problems({ pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`)).toHaveLength(1)
  })

  test('with names that stand on every prototype is judged by like others', async () => {
    const schema = JSON.parse('{"properties": {"__proto__": {"type": "string"}}, "additionalProperties": false}')
    const value = JSON.parse('{"__proto__": 1, "constructor": 2}')
    expect((await problems(schema, value)).map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'schema/invalid __proto__',
      'schema/unknown-field constructor',
    ])
  })

  test('with endless names to compare misspelt ones with ends at a limit', async () => {
    const fields = (word: string, count: number) =>
      Object.fromEntries(
        Array(count)
          .fill(0)
          .map((_, n) => [word + n, {}]),
      )
    const schema = { properties: fields('field', 20_000), additionalProperties: false }
    expect(await problems(schema, fields('filed', 200))).toMatchObject([{ rule: 'yaml/limit' }])
  })

  test('with endless faults tells two hundred of them', async () => {
    expect(await problems({ items: false }, Array(1000).fill(1))).toHaveLength(200)
  })
})

/** By draft 7 without `contains`: of newer ones, ajv 8 compiles some schemas to other than the specification says. */
describe('compared with ajv', () => {
  const name = fc.constantFrom('a', 'b', 'ab')
  const count = fc.integer({ min: 0, max: 2 })
  const scalar = fc.constantFrom<unknown>('', 'a', 'ab', 0, 1, 2, 1.5, true, false)
  const { schema, value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
    schemas: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
    named: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.boolean(),
      fc.record(
        {
          type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean', ['integer', 'array']),
          enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
          pattern: fc.constantFrom('^a', 'b$'),
          minimum: count,
          exclusiveMaximum: count,
          multipleOf: fc.constantFrom(1, 2),
          minLength: count,
          maxLength: count,
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          properties: tie('named'),
          patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$'), tie('schema'), { maxKeys: 2 }),
          additionalProperties: tie('schema'),
          propertyNames: fc.constantFrom({ pattern: '^a' }, { maxLength: 1 }),
          required: fc.uniqueArray(name),
          dependencies: fc.dictionary(name, fc.oneof(fc.uniqueArray(name), tie('schema')), { maxKeys: 2 }),
          maxProperties: count,
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          items: fc.oneof(tie('schema'), tie('schemas')),
          additionalItems: tie('schema'),
          minItems: count,
        },
        { requiredKeys: [] },
      ),
      fc.record({ uniqueItems: fc.boolean() }),
      fc.record(
        {
          allOf: tie('schemas'),
          anyOf: tie('schemas'),
          oneOf: tie('schemas'),
          not: tie('schema'),
          if: tie('schema'),
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: tie('schema'),
          else: tie('schema'),
        },
        { requiredKeys: [] },
      ),
    ),
  }))

  test('the verdict is the same', async () => {
    const ajv = new Ajv({ strict: false, logger: false })
    await fc.assert(
      fc.asyncProperty(schema, fc.array(value, { minLength: 1, maxLength: 10 }), async (schema, values) => {
        const opened = await open(schema)
        const compiled = ajv.compile(schema as object)
        for (const each of values) {
          expect(judgeByJsonSchema(each, opened).length === 0, JSON.stringify(each)).toBe(compiled(each))
        }
      }),
      { numRuns: 100 },
    )
  })
})
