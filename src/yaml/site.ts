import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { type Span, spansOf } from './event.ts'
import type { Node } from './node.ts'
import type { YamlText } from './read.ts'

export type SiteStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'alias'

/** A scalar in a file, with what an edit must know of its surroundings. Offsets into the file's text. */
export interface ScalarSite {
  readonly style: SiteStyle
  /** With quotes or block indicator; without tag and anchor. */
  readonly span: Span
  /** The characters of the content: between the quotes, or the written lines of a block scalar. */
  readonly inner: Span
  /** The text that these characters mean. */
  readonly content: string
  readonly flow: boolean
  /** The key is in double quotes, or the file is JSON: a plain value would not fit beside it. */
  readonly json: boolean
  readonly tag?: string
}

const STYLES: Readonly<Record<number, SiteStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
}

/** Where a scalar, or the alias in its place, stands; `undefined` for collections and for empty list items. */
export function siteOf(yaml: YamlText, node: Node): ScalarSite | undefined {
  const { text, events } = yaml
  const event = events[node.event] as Event
  const span = spansOf(text, events, node.event)
  const around = { flow: isFlow(events, node), json: hasJsonKey(events, node) }
  if (event.type === EVENT_ID.ALIAS) return { style: 'alias', span, inner: span, content: '', ...around }
  if (event.type !== EVENT_ID.SCALAR) return undefined
  if (event.valueStart < 0 && node.parent?.type !== 'map') return undefined
  const style = STYLES[event.style] ?? 'plain'
  const tag = event.tagStart < 0 ? undefined : text.slice(event.tagStart, event.tagEnd)
  const inner = innerSpan(text, event, style, span)
  return { style, span, inner, content: getScalarValue(text, event), ...around, ...(tag !== undefined && { tag }) }
}

/** The place in the file of a part of a scalar's content, or `undefined` where escapes or folds stand between. */
export function partSpan(text: string, site: ScalarSite, from: number, to: number): Span | undefined {
  const raw = text.slice(site.inner.start, site.inner.end)
  const { content } = site
  if (to <= commonStart(raw, content)) return { start: site.inner.start + from, end: site.inner.start + to }
  const fromEnd = content.length - from
  if (fromEnd > commonEnd(raw, content)) return undefined
  return { start: site.inner.end - fromEnd, end: site.inner.end - (content.length - to) }
}

/** The same site, its offsets carried from an embedded text to the text around it. */
export function moveSite(site: ScalarSite, toOuter: (offset: number) => number): ScalarSite {
  const move = ({ start, end }: Span): Span => ({ start: toOuter(start), end: toOuter(end) })
  return { ...site, span: move(site.span), inner: move(site.inner) }
}

function innerSpan(text: string, event: Extract<Event, { type: 4 }>, style: SiteStyle, span: Span): Span {
  if (event.valueStart < 0) return span
  const { valueStart: start, valueEnd: end } = event
  if (style !== 'literal' && style !== 'folded') return { start, end }
  const lines = text.slice(start, end)
  const blank = lines.trim() === ''
  return blank ? { start: end, end } : { start: start + lines.search(/\S/), end: start + lines.trimEnd().length }
}

function isFlow(events: readonly Event[], node: Node): boolean {
  const parent = node.parent && events[node.parent.event]
  return parent !== undefined && 'style' in parent && parent.style === COLLECTION_STYLE.FLOW
}

function hasJsonKey(events: readonly Event[], node: Node): boolean {
  if (!isFlow(events, node)) return false
  for (let at: Node | undefined = node; at; at = at.parent) {
    const key = at.key === undefined ? undefined : events[at.key]
    if (key?.type === EVENT_ID.SCALAR) return key.style === SCALAR_STYLE.DOUBLE_QUOTED
  }
  return false
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function commonEnd(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++
  return length
}
