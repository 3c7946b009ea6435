import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { toJSONSchema } from 'zod'
import { readConfig } from '../../src/config/read.ts'
import { configuration } from '../../src/config/schema.ts'
import { judgeByJsonSchema } from '../../src/kubernetes/json-schema.ts'
import { openJsonSchema } from '../../src/kubernetes/json-schema-open.ts'

const docs = join(import.meta.dirname, '../../docs')
const page = readFileSync(join(docs, 'configuration.md'), 'utf8')
const published = JSON.parse(readFileSync(join(docs, 'gitops.schema.json'), 'utf8'))
const schema = await openJsonSchema('gitops.schema.json', async () => published)
const examples = [...page.matchAll(/^## (.+)$|```yaml\n([\s\S]*?)```/gm)].flatMap(([, heading, yaml], index, all) => {
  if (yaml === undefined) return []
  const section = all.slice(0, index).findLast((match) => match[1] !== undefined)?.[1] ?? 'the first'
  return [{ section: heading ?? section, yaml }]
})

describe('docs/configuration.md', () => {
  test('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(9)
  })

  test.each(examples)('$section: the example is valid', ({ yaml }) => {
    const read = readConfig(yaml, '.gitops.yaml')
    expect(read.ok ? [] : read.problems).toEqual([])
  })

  // Editors read YAML 1.2 and judge by the published schema alone.
  test.each(examples)('$section: the published schema accepts the example', ({ yaml }) => {
    expect(judgeByJsonSchema(load(yaml), schema)).toEqual([])
  })

  test('shows every key in an example', () => {
    const shown = new Set(examples.flatMap(({ yaml }) => keysOf(load(yaml))))
    const known = [...new Set(keysOfSchema(published))]
    expect(known.length).toBeGreaterThan(60)
    expect(known.filter((key) => !shown.has(key))).toEqual([])
  })
})

describe('docs/gitops.schema.json', () => {
  test('is what the schema in force gives', () => {
    const { title, ...rest } = published
    expect(title).toBe('.gitops.yaml')
    expect(rest).toEqual(toJSONSchema(configuration, { target: 'draft-7', io: 'input' }))
  })

  test('describes every key', () => {
    expect(undescribed(published, '')).toEqual([])
  })

  test.each([
    ['an unknown key', { enviroments: {} }],
    ['a number for a duration', { environments: { prod: { soak: 30 } } }],
    ['a rule without a reason', { validate: { rules: { 'schema/invalid': { severity: 'off' } } } }],
    ['an unknown rule', { validate: { rules: { 'schema/invlid': { severity: 'off', reason: 'why' } } } }],
    ['a version that is a number', { validate: { kubernetes: 1.34 } }],
  ])('refuses %s', (_, value) => {
    expect(judgeByJsonSchema(value, schema)).toHaveLength(1)
  })
})

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}

interface Node {
  properties?: Record<string, Node>
  additionalProperties?: Node | boolean
  items?: Node
  anyOf?: Node[]
  description?: string
}

function below({ properties, additionalProperties, items, anyOf }: Node): Node[] {
  const values = typeof additionalProperties === 'object' ? [additionalProperties] : []
  return [...Object.values(properties ?? {}), ...values, ...(items ? [items] : []), ...(anyOf ?? [])]
}

function keysOfSchema(node: Node): string[] {
  return [...Object.keys(node.properties ?? {}), ...below(node).flatMap(keysOfSchema)]
}

/** `any` of `from` is told by `from`. */
function undescribed(node: Node, path: string): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, inner]) =>
    inner.description || key === 'any' ? [] : [`${path}/${key}`],
  )
  return [...own, ...below(node).flatMap((inner) => undescribed(inner, `${path}/…`))]
}
