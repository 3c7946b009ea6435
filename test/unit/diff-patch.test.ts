import { applyPatch } from 'diff'
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { patchOf } from '../../src/diff/patch.ts'
import { resource } from './diff-world.ts'

const map = (data: Record<string, unknown>) => resource('ConfigMap', 'a', { data })
const many = (length: number, mark: string) =>
  Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, `${mark}${at}`]))

describe('the patch of two resources', () => {
  test('has three lines of context', () => {
    expect(patchOf({ before: map({ a: 1 }), after: map({ a: 2 }) })).toEqual({
      lines: [
        '@@ -1,6 +1,6 @@',
        ' apiVersion: v1',
        ' data:',
        '-  a: 1',
        '+  a: 2',
        ' kind: ConfigMap',
        ' metadata:',
        '   name: a',
      ],
    })
  })

  test('is whole for one that is added or removed', () => {
    const lines = ['apiVersion: v1', 'data:', '  a: 1', 'kind: ConfigMap', 'metadata:', '  name: a']
    expect(patchOf({ after: map({ a: 1 }) })).toEqual({
      lines: ['@@ -0,0 +1,6 @@', ...lines.map((line) => `+${line}`)],
    })
    expect(patchOf({ before: map({ a: 1 }) })).toEqual({
      lines: ['@@ -1,6 +0,0 @@', ...lines.map((line) => `-${line}`)],
    })
  })

  test('is none where only the order of keys differs', () => {
    expect(patchOf({ before: map({ a: 1, b: 2 }), after: map({ b: 2, a: 1 }) })).toBeUndefined()
  })

  test('turns one text into the other', () => {
    const data = fc.dictionary(
      fc.stringMatching(/^[a-e]{1,3}$/),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string(), { maxLength: 3 })),
    )
    const text = (value: unknown) => dump(value, { sortKeys: true, seqNoIndent: true, lineWidth: -1, noRefs: true })
    fc.assert(
      fc.property(data, data, (old, now) => {
        const patch = patchOf({ before: map(old), after: map(now) })
        if (patch === undefined) {
          expect(text(old)).toBe(text(now))
          return
        }
        const [before, after] = [text(map(old).value), text(map(now).value)]
        // Values of several lines may be masked where they look like assignments; then the texts are not these.
        fc.pre(!JSON.stringify(patch).includes('•'))
        expect(applyPatch(before, `--- a\n+++ b\n${patch.lines.join('\n')}\n`)).toBe(after)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a patch is bounded', () => {
  test('in lines, and says how many are left out', () => {
    const patch = patchOf({ after: map(many(2000, 'v')) })
    expect([patch?.lines.length, patch?.notice]).toEqual([500, '1506 more lines of the patch are left out.'])
  })

  test('in hunks', () => {
    const spread = (mark: string) =>
      map(Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`k${at + 1000}`, at % 15 ? 'same' : mark])))
    const { lines = [], notice } = patchOf({ before: spread('a'), after: spread('b') }) ?? {}
    expect(lines.filter((line) => line.startsWith('@@')).length).toBe(50)
    expect(notice).toMatch(/more lines of the patch are left out/)
  })

  test('in work: texts that differ throughout are shown one after the other', () => {
    const patch = patchOf({ before: map(many(20_000, 'a')), after: map(many(20_000, 'b')) })
    expect(patch?.lines[0]).toBe('@@ -1,20005 +1,20005 @@')
    expect(patch?.notice).toMatch(/^39511 more lines/)
  })

  test('in memory: a small text whose aliases expand to millions of values is not printed', () => {
    let bomb: unknown = 'x'
    for (let depth = 0; depth < 30; depth++) bomb = [bomb, bomb]
    expect(patchOf({ after: map({ bomb }) })).toEqual({ lines: [], notice: 'It is too large to be compared.' })
  })

  test('in the length of a line', () => {
    expect(patchOf({ after: map({ a: 'x'.repeat(5000) }) })?.lines[3]).toHaveLength(1000)
  })
})
