import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeClosely } from '../../src/kubernetes/judge.ts'
import { isSound, type QuickLook } from '../../src/kubernetes/judge-quick.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'

const NAMES = ['a', 'b', 'kind', 'metadata']

/** Small numbers and few names, so that values often hold to the schema, or nearly do. */
const { schema } = fc.letrec<{ schema: Schema; whole: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Schema>({}, { type: 'string' }),
    tie('whole'),
  ),
  whole: fc.record(
    {
      type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean'),
      format: fc.constantFrom('int32', 'byte', 'date-time', 'hostname'),
      properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 }).map(toMap),
      additionalProperties: fc.oneof(fc.constant(true as const), tie('schema')),
      required: fc.subarray(NAMES, { maxLength: 1 }),
      items: tie('schema'),
      nullable: fc.boolean(),
      enum: fc.constantFrom(['a', 1], [null], [{ a: 1 }]),
      pattern: fc.constantFrom('^a', '['),
      minimum: fc.integer({ min: 0, max: 2 }),
      exclusiveMinimum: fc.boolean(),
      multipleOf: fc.constant(2),
      maxLength: fc.constant(1),
      minItems: fc.constant(1),
      uniqueItems: fc.boolean(),
      maxProperties: fc.constant(2),
      allOf: fc.array(tie('schema'), { maxLength: 2 }),
      anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      not: tie('schema'),
      intOrString: fc.constant(true as const),
      quantity: fc.constant(true as const),
      preserveUnknown: fc.constant(true as const),
      embeddedResource: fc.constant(true as const),
      listType: fc.constantFrom('set', 'map', 'atomic'),
      listKeys: fc.constant(['a']),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Schema>,
}))

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>('a', 'ab', '$(a)', '100m', '', 0, 1, 2, 1.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }),
  ),
}))

function toMap(properties: Record<string, Schema>): ReadonlyMap<string, Schema> {
  return new Map(Object.entries(properties))
}

function look(unknown?: QuickLook['unknown'], depth = 200): QuickLook {
  return { unknown, depth, steps: 1_000_000 }
}

describe('the quick judge', () => {
  test('finds sound what the close one has nothing to say of, and nothing else', () => {
    const verdicts = { sound: 0, faulty: 0 }
    fc.assert(
      fc.property(schema, value, fc.boolean(), (schema, value, substituted) => {
        const unknown = substituted ? (text: string) => text.startsWith('$(') : undefined
        const sound = isSound(value, schema, look(unknown))
        const problems = judgeClosely(value, schema, { quoteValues: true, ...(unknown && { unknown }) })
        expect(sound).toBe(problems.length === 0)
        verdicts[sound ? 'sound' : 'faulty']++
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(verdicts.sound, verdicts.faulty)).toBeGreaterThan(100)
  })

  test('leaves to the close one what takes too many steps', () => {
    const schema: Schema = { type: 'array', items: { type: 'integer' } }
    expect(isSound([1, 2, 3], schema, { unknown: undefined, depth: 200, steps: 4 })).toBe(true)
    expect(isSound([1, 2, 3], schema, { unknown: undefined, depth: 200, steps: 3 })).toBe(false)
  })

  test('follows values as deep as the close one', () => {
    const schema: { type: 'array'; items?: Schema } = { type: 'array' }
    schema.items = schema
    for (const depth of [0, 1, 2, 3]) {
      expect(isSound([[[1]]], schema, look(undefined, depth))).toBe(
        judgeClosely([[[1]]], schema, { quoteValues: true, depth }).length === 0,
      )
    }
  })
})
