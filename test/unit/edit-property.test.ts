import fc from 'fast-check'
import { CORE_SCHEMA, loadAll, YAML11_SCHEMA } from 'js-yaml'
import { expect, test } from 'vitest'
import { applyEdits, type ScalarEdit } from '../../src/yaml/edit.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import { type Node, nodesBelow, pathOf } from '../../src/yaml/node.ts'
import { proveOnlyChanged } from '../../src/yaml/prove.ts'
import { readYaml } from '../../src/yaml/read.ts'
import { readPlain } from '../../src/yaml/scalar.ts'
import { siteOf } from '../../src/yaml/site.ts'
import { treeOf } from '../../src/yaml/tree.ts'

/** A random document as its parts; `print` writes it in the styles that each part asks for. */
type Part =
  | {
      type: 'scalar'
      style: 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'bare'
      text: string
      before: string
      comment: string
    }
  | { type: 'map'; flow: boolean; entries: [key: string, value: Part][]; comment: string }
  | { type: 'list'; flow: boolean; items: Part[]; comment: string }

const word = fc.stringMatching(/^[a-z][a-z0-9./:@_-]{0,12}[a-z0-9]$/)
const comment = fc.constantFrom('', '', ' # note', '   # tag: "v1" \'x\'', ' #', '  ')

const scalar: fc.Arbitrary<Part> = fc.record({
  type: fc.constant('scalar' as const),
  style: fc.constantFrom('plain', 'single', 'double', 'literal', 'folded', 'bare'),
  text: word,
  before: fc.constantFrom('', '', '', '!!str '),
  comment,
})

const { part } = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('map' as const),
        flow: fc.boolean(),
        entries: fc.uniqueArray(fc.tuple(fc.stringMatching(/^k[a-z]{0,4}$/), tie('part')), {
          selector: ([key]) => key,
          minLength: 1,
          maxLength: 5,
        }),
        comment,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('list' as const),
        flow: fc.boolean(),
        items: fc.array(tie('part'), { minLength: 1, maxLength: 4 }),
        comment,
      }),
    },
  ),
}))

const BARE = ['', '~', 'null', '0.1', '1234567', 'true', '0x1f']

function inline(part: Part): string {
  if (part.type === 'map') return `{${part.entries.map(([key, value]) => `${key}: ${inline(value)}`).join(', ')}}`
  if (part.type === 'list') return `[${part.items.map(inline).join(', ')}]`
  if (part.style === 'single') return `'${part.text}'`
  if (part.style === 'double') return `"${part.text}"`
  return part.style === 'bare' ? BARE[part.text.length % BARE.length] || 'null' : part.text
}

/** What stands after `key:` or `-`, and the lines below it. */
function print(part: Part, indent: string): string {
  if (part.type !== 'scalar') {
    if (part.flow) return ` ${inline(part)}${part.comment}\n`
    return `${part.comment}\n${block(part, `${indent}  `)}`
  }
  const { style, text } = part
  if (style === 'literal') return ` |${part.comment}\n${indent}  ${text}\n`
  if (style === 'folded') return ` >-${part.comment}\n\n${indent}    ${text}\n\n`.replace('\n\n', '\n')
  const bare = style === 'bare' ? (BARE[text.length % BARE.length] as string) : undefined
  if (bare !== undefined) return `${bare === '' ? '' : ` ${bare}`}${part.comment}\n`
  return ` ${part.before}${inline(part)}${part.comment}\n`
}

function block(part: Root, indent: string): string {
  return part.type === 'map'
    ? part.entries.map(([key, value]) => `${indent}${key}:${print(value, indent)}`).join('')
    : part.items.map((item) => `${indent}-${print(item, indent)}`).join('')
}

type Root = Exclude<Part, { type: 'scalar' }>

const root = part.filter((each): each is Root => each.type !== 'scalar')

const documents = fc.record({
  roots: fc.array(root, { minLength: 1, maxLength: 3 }),
  crlf: fc.boolean(),
  finalNewline: fc.boolean(),
})

function textOf({ roots, crlf, finalNewline }: { roots: Root[]; crlf: boolean; finalNewline: boolean }): string {
  const text = roots.map((each) => block({ ...each, flow: false }, '')).join('--- # next\n')
  const ended = finalNewline ? text : text.replace(/\n+$/, '')
  return crlf ? ended.replaceAll('\n', '\r\n') : ended
}

/** Versions, what only looks like a string, and any printable line. */
const newText = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
  fc.stringMatching(/^[0-9][0-9_.:exobT-]{0,9}$/),
  fc.constantFrom('y', 'no', 'on', '~', 'null', '1.10', '706798e8', '010', '2026-01-01', '12:30:45', '=', '.inf'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/[\p{Cc}\p{Zl}\p{Zp}\ufeff]/u.test(text)),
)

function editable(text: string): { node: Node; document: number; edit: (to: string) => ScalarEdit }[] {
  const yaml = readYaml(text, limits)
  return yaml.documents.flatMap((document, at) =>
    [...nodesBelow(treeOf(yaml, document).root)].flatMap((node) => {
      const site = node.type === 'scalar' ? siteOf(yaml, node) : undefined
      return site ? [{ node, document: at, edit: (to: string) => ({ site, text: to }) }] : []
    }),
  )
}

function setAt(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return to
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? setAt(item, rest, to) : item))
  return { ...(value as object), [step]: setAt((value as Record<string, unknown>)[step], rest, to) }
}

const SCHEMAS = [CORE_SCHEMA, YAML11_SCHEMA]

test('any scalar of any document: one line differs, every reader sees the new string, and nothing else changes', () => {
  fc.assert(
    fc.property(documents, fc.nat(), newText, (parts, pick, to) => {
      const before = textOf(parts)
      const sites = editable(before)
      fc.pre(sites.length > 0)
      const { node, document, edit } = sites[pick % sites.length] as (typeof sites)[number]
      const edits = [edit(to)]
      const edited = applyEdits(before, edits)
      expect(edited).toMatchObject({ ok: true })
      if (!edited.ok) return
      const after = edited.text
      expect(proveOnlyChanged(readYaml(before, limits), after, edits, limits)).toEqual({ ok: true })

      const lines = before.split('\n')
      expect(after.split('\n').filter((line, at) => line !== lines[at]).length).toBeLessThanOrEqual(1)
      expect(after.split('\n').length).toBe(lines.length)
      expect(after.endsWith('\n')).toBe(before.endsWith('\n'))

      const ending = edits[0]?.site.style === 'literal' ? '\n' : ''
      for (const schema of SCHEMAS) {
        const wanted = loadAll(before, { schema })
        wanted[document] = setAt(wanted[document], pathOf(node), to + ending)
        expect(loadAll(after, { schema })).toEqual(wanted)
      }
      const values = editable(after)
      const same = values.find(
        (each) => each.document === document && String(pathOf(each.node)) === String(pathOf(node)),
      )
      expect(same?.node).toMatchObject({ value: to + ending })
      expect(same && applyEdits(after, [same.edit(to)])).toEqual({ ok: true, text: after })
    }),
    { numRuns: 600 },
  )
})

test('several edits of one file at once are the same as one after the other', () => {
  fc.assert(
    fc.property(documents, fc.array(fc.tuple(fc.nat(), newText), { minLength: 2, maxLength: 4 }), (parts, changes) => {
      const before = textOf(parts)
      const sites = editable(before)
      fc.pre(sites.length > 0)
      const wanted = new Map(changes.map(([pick, to]) => [pick % sites.length, to]))
      const edits = [...wanted].map(([at, to]) => (sites[at] as (typeof sites)[number]).edit(to))
      const together = applyEdits(before, edits)
      let apart = before
      for (const [at, to] of wanted) {
        const made = applyEdits(apart, [(editable(apart)[at] as (typeof sites)[number]).edit(to)])
        apart = made.ok ? made.text : `refused: ${made.reason}`
      }
      expect(together).toEqual({ ok: true, text: apart })
      expect(proveOnlyChanged(readYaml(before, limits), apart, edits, limits)).toEqual({ ok: true })
    }),
    { numRuns: 200 },
  )
})

test('what stays plain is a string to go-yaml v2 as this house models it, and to both YAML versions', () => {
  fc.assert(
    fc.property(newText, (to) => {
      const edited = applyEdits('a: v1', [editable('a: v1')[0]?.edit(to) as ScalarEdit])
      const plain = edited.ok && edited.text === `a: ${to}`
      if (plain) expect(readPlain(to).cluster).toBe(to)
      for (const schema of SCHEMAS) expect(edited.ok && loadAll(edited.text, { schema })).toEqual([{ a: to }])
    }),
    { numRuns: 3000 },
  )
})
