import { structuredPatch } from 'diff'
import { dump } from 'js-yaml'
import { isRecord } from '../kubernetes/resource.ts'
import { count } from '../report/count.ts'
import { cut } from '../report/cut.ts'
import { maskSecrets } from './mask.ts'
import type { Pair } from './pair.ts'

/** The lines of a patch, hunk headers among them, and why they are not all there is. */
export interface Patch {
  lines: string[]
  notice?: string
}

/** Lines of context around a change, as git has them. */
const CONTEXT = 3

/** How many lines two texts may differ by until the search for the shortest difference is given up. */
const MOST_EDITS = 2000

const MOST_HUNKS = 50
const MOST_LINES = 500

/** UTF-16 units; a line may hold a whole document. */
const LONGEST_LINE = 1000

/** Values of one resource, its aliases expanded. */
const MOST_NODES = 200_000

/**
 * The difference of two resources as YAML with sorted keys, so that order, quotes and comments, which the cluster does not
 * see, make none. `undefined` where there is no other difference.
 */
export function patchOf({ before, after }: Pair): Patch | undefined {
  if (isTooLarge(before?.value) || isTooLarge(after?.value))
    return { lines: [], notice: 'It is too large to be compared.' }
  const old = before ? printed(maskSecrets(before.value, after?.value, 'before')) : ''
  const now = after ? printed(maskSecrets(after.value, before?.value, 'after')) : ''
  if (old === now) return undefined
  return bounded(old === '' || now === '' ? [wholly(old, now)] : hunksOf(old, now))
}

function hunksOf(old: string, now: string): string[][] {
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS }
  const patch = structuredPatch('', '', old, now, undefined, undefined, options)
  if (patch === undefined) return [wholly(old, now)]
  return patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => [
    header([oldStart, oldLines], [newStart, newLines]),
    ...lines,
  ])
}

/** All lines of one text out, all of the other in. */
function wholly(old: string, now: string): string[] {
  const [gone, fresh] = [linesOf(old), linesOf(now)]
  const sides = header([Math.min(1, gone.length), gone.length], [Math.min(1, fresh.length), fresh.length])
  return [sides, ...gone.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`)]
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function header(...[old, now]: [[number, number], [number, number]]): string {
  const range = ([start, lines]: [number, number]) => (lines === 1 ? `${start}` : `${start},${lines}`)
  return `@@ -${range(old)} +${range(now)} @@`
}

/** Whole hunks as long as they fit; the first at least in part. */
function bounded(hunks: readonly string[][]): Patch {
  const lines: string[] = []
  let left = 0
  for (const [index, hunk] of hunks.entries()) {
    const fits = index < MOST_HUNKS && lines.length + hunk.length <= MOST_LINES
    const shown = fits ? hunk : index === 0 ? hunk.slice(0, MOST_LINES) : []
    lines.push(...shown.map((line) => cut(line, LONGEST_LINE)))
    left += hunk.length - shown.length
  }
  return left === 0 ? { lines } : { lines, notice: `${count(left, 'more line')} of the patch are left out.` }
}

function printed(value: Readonly<Record<string, unknown>>): string {
  return dump(value, { sortKeys: true, seqNoIndent: true, lineWidth: -1, noRefs: true })
}

function isTooLarge(value: unknown): boolean {
  let nodes = 0
  const visit = (node: unknown): boolean => {
    if (++nodes > MOST_NODES) return true
    const children = Array.isArray(node) ? node : isRecord(node) ? Object.values(node) : []
    return children.some(visit)
  }
  return visit(value)
}
