import type { Span } from './event.ts'
import { escapeDouble, escapeSingle, isPlainText, readsAsString } from './quote.ts'
import { partSpan, type ScalarSite } from './site.ts'

/** A scalar, or one part of it, and what it shall hold instead. */
export interface ScalarEdit {
  readonly site: ScalarSite
  /** Offsets into the scalar's content (not the file); the whole scalar without it. */
  readonly part?: Span
  /** As it shall read, unquoted: one line. */
  readonly text: string
}

export type Edited = { ok: true; text: string } | { ok: false; reason: string }

/** Replaces one scalar, or a part of it. */
export function replaceScalar(text: string, site: ScalarSite, newText: string, part?: Span): Edited {
  return applyEdits(text, [{ site, text: newText, ...(part && { part }) }])
}

/**
 * Replaces scalars by splicing the text they were read from. Quotes stay as they stand, and a plain scalar gets quotes
 * only where some reader would otherwise not read the same string; no other byte changes.
 */
export function applyEdits(text: string, edits: readonly ScalarEdit[]): Edited {
  const splices: Splice[] = []
  for (const group of groupByScalar(edits)) {
    const made = splicesOf(text, group)
    if (typeof made === 'string') return { ok: false, reason: made }
    splices.push(...made)
  }
  return splice(
    text,
    splices.sort((a, b) => a.start - b.start || a.end - b.end),
  )
}

/** All edits of one scalar are judged together: whether it needs quotes depends on the whole. */
export function groupByScalar(edits: readonly ScalarEdit[]): ScalarEdit[][] {
  const groups = new Map<number, ScalarEdit[]>()
  for (const edit of edits) {
    const group = groups.get(edit.site.span.start)
    if (group) group.push(edit)
    else groups.set(edit.site.span.start, [edit])
  }
  return [...groups.values()]
}

/** What a scalar will hold when these edits of it are made. */
export function contentAfter(edits: readonly ScalarEdit[]): string {
  const content = edits[0]?.site.content ?? ''
  const parts = edits.map((edit) => ({ ...wanted(edit), text: edit.text }))
  return parts.sort((a, b) => b.start - a.start).reduce((text, part) => spliced(text, part), content)
}

const TWICE = 'Two edits want the same characters.'

interface Splice extends Span {
  text: string
}

/** The splices of one scalar, or the sentence that says why there can be none. */
function splicesOf(text: string, edits: readonly ScalarEdit[]): Splice[] | string {
  const { site } = edits[0] as ScalarEdit
  const refusal = refusalOf(text, site, edits)
  if (refusal) return refusal
  if (site.style === 'plain' && needsQuotes(site, edits)) return quoted(text, site, contentAfter(edits))
  if (site.span.start === site.span.end) return [insertion(text, site, contentAfter(edits))]
  const splices = edits.map((edit) => ({ ...placeOf(text, edit), text: written(site, edit.text) }))
  return splices.every((made) => made.end >= made.start) ? splices : 'Escapes or line folds stand within the version.'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_ONE_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/

function refusalOf(text: string, site: ScalarSite, edits: readonly ScalarEdit[]): string | undefined {
  if (site.style === 'alias') return 'An alias stands there; the value belongs to its anchor.'
  if (edits.some((edit) => NOT_ONE_LINE.test(edit.text))) return 'The new text holds a line break or control character.'
  if (edits.some((edit) => edit.text === '' || edit.text !== edit.text.trim())) {
    return 'The new text is empty, or starts or ends with a space.'
  }
  if (site.tag !== undefined && site.tag !== '!!str' && site.tag !== '!') {
    return `The tag ${site.tag} makes something else than a string of it.`
  }
  const parts = edits.map(wanted).sort((a, b) => a.start - b.start)
  if (parts.some((part, at) => part.start < (parts[at - 1]?.end ?? 0))) return TWICE
  const spansLines = /[\r\n]/.test(text.slice(site.inner.start, site.inner.end))
  if (spansLines && edits.some((edit) => edit.part === undefined)) return 'The value spans several lines.'
  if (isBlock(site) && site.content.trim() === '') return 'The block scalar there is empty.'
  return undefined
}

/** Beside keys in double quotes, what was a number or nothing is JSON's, where strings have quotes. */
function needsQuotes(site: ScalarSite, edits: readonly ScalarEdit[]): boolean {
  if (site.json && !readsAsString(site.content)) return true
  return !edits.every((edit) => isPlainText(edit.text)) || !readsAsString(contentAfter(edits))
}

function quoted(text: string, site: ScalarSite, content: string): Splice[] | string {
  if (/[\r\n]/.test(text.slice(site.span.start, site.span.end))) {
    return 'The value spans several lines and would need quotes; write it on one line.'
  }
  const value = `"${escapeDouble(content)}"`
  if (site.span.start === site.span.end) return [insertion(text, site, value)]
  return [{ ...site.span, text: value }]
}

/** After `key:` a value needs a space before it; one stands before a comment already. */
function insertion(text: string, site: ScalarSite, value: string): Splice {
  const { end } = site.span
  let next = end
  while (isSpace(text[next])) next++
  const atEndOfLine = next === text.length || text[next] === '\n' || text[next] === '\r'
  const before = isSpace(text[end - 1]) ? '' : ' '
  return { start: end, end: atEndOfLine ? next : end, text: before + value }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function placeOf(text: string, edit: ScalarEdit): Span {
  const { start, end } = wanted(edit)
  if (edit.part === undefined && !isBlock(edit.site)) return edit.site.inner
  return partSpan(text, edit.site, start, end) ?? { start: 0, end: -1 }
}

/** The part that is meant, in the content; of a block scalar without the line breaks at its end. */
function wanted({ site, part }: ScalarEdit): Span {
  return part ?? { start: 0, end: isBlock(site) ? site.content.trimEnd().length : site.content.length }
}

function isBlock(site: ScalarSite): boolean {
  return site.style === 'literal' || site.style === 'folded'
}

function written(site: ScalarSite, text: string): string {
  if (site.style === 'single') return escapeSingle(text)
  return site.style === 'double' ? escapeDouble(text) : text
}

function splice(text: string, splices: readonly Splice[]): Edited {
  let edited = ''
  let at = 0
  for (const next of splices) {
    if (next.start < at) return { ok: false, reason: TWICE }
    edited += text.slice(at, next.start) + next.text
    at = next.end
  }
  return { ok: true, text: edited + text.slice(at) }
}

function spliced(text: string, { start, end, text: part }: Splice): string {
  return text.slice(0, start) + part + text.slice(end)
}
