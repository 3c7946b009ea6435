import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { contentAfter, groupByScalar, type ScalarEdit } from './edit.ts'
import { embeddedIn } from './embedded.ts'
import { type Span, spansOf } from './event.ts'
import type { YamlLimits } from './limits.ts'
import { readsAsString } from './quote.ts'
import { readYaml, type YamlText } from './read.ts'

export type Proof = { ok: true } | { ok: false; reason: string }

/** A YAML text, and the way from its offsets to those of the file. */
interface Layer {
  yaml: YamlText
  toOuter: (offset: number) => number
}

/** What a scalar shall hold, by where it starts in the file, and every scalar found so: where it stood and stands. */
interface Expected {
  edits: ReadonlyMap<number, readonly ScalarEdit[]>
  moved: { before: Span; after: Span }[]
  limits: YamlLimits
}

/**
 * Parses an edited text again and proves that exactly the intended scalars differ: each holds what it should, as a
 * string; every other node, its style, tag and anchor, and every byte between the scalars are as they were.
 */
export function proveOnlyChanged(
  before: YamlText,
  edited: string,
  edits: readonly ScalarEdit[],
  limits: YamlLimits,
): Proof {
  const after = readYaml(edited, limits)
  const groups = groupByScalar(edits)
  const expected: Expected = {
    edits: new Map(groups.map((group) => [group[0]?.site.span.start ?? -1, group])),
    moved: [],
    limits,
  }
  const here = (offset: number) => offset
  const reason =
    (after.problems.length > before.problems.length ? 'it no longer parses' : undefined) ??
    difference({ yaml: before, toOuter: here }, { yaml: after, toOuter: here }, expected) ??
    (expected.moved.length < groups.length ? 'the scalar to edit is not found' : undefined) ??
    bytesDiffer(before.text, edited, expected.moved)
  return reason === undefined ? { ok: true } : { ok: false, reason: `The edit was tried and refused: ${reason}.` }
}

/** The first thing that differs though it should not, or does not differ as it should. */
function difference(before: Layer, after: Layer, expected: Expected): string | undefined {
  const events = before.yaml.events
  if (events.length !== after.yaml.events.length) return 'the structure of the file would change'
  for (let at = 0; at < events.length; at++) {
    const reason = eventDiffers(before, after, at, expected)
    if (reason) return reason
  }
  return undefined
}

function eventDiffers(before: Layer, after: Layer, at: number, expected: Expected): string | undefined {
  const one = before.yaml.events[at] as Event
  const two = after.yaml.events[at] as Event
  if (frame(before.yaml, one) !== frame(after.yaml, two)) return 'the structure of the file would change'
  if (one.type !== EVENT_ID.SCALAR || two.type !== EVENT_ID.SCALAR) return undefined
  const span = outerSpan(before, at)
  const edits = expected.edits.get(span.start)
  if (!edits) return otherScalarDiffers(before, after, at, expected)
  expected.moved.push({ before: span, after: outerSpan(after, at) })
  return editedScalarDiffers(after.yaml, two, one.style, contentAfter(edits))
}

function editedScalarDiffers(yaml: YamlText, scalar: ScalarEvent, style: number, wanted: string): string | undefined {
  const content = getScalarValue(yaml.text, scalar)
  if (content !== wanted) return 'the new value would read back differently'
  if (scalar.style === SCALAR_STYLE.PLAIN)
    return readsAsString(content) ? undefined : 'the new value would be no string'
  return scalar.style === style || style === SCALAR_STYLE.PLAIN ? undefined : 'the quotes would change'
}

function otherScalarDiffers(before: Layer, after: Layer, at: number, expected: Expected): string | undefined {
  if (written(before.yaml, at) === written(after.yaml, at)) return undefined
  const { start, end } = outerSpan(before, at)
  const holdsEdit = [...expected.edits.keys()].some((offset) => offset > start && offset < end)
  const inner = holdsEdit && layerIn(before, at, expected.limits)
  const edited = holdsEdit && layerIn(after, at, expected.limits)
  if (!inner || !edited) return 'another value would change'
  if (edited.yaml.problems.length > inner.yaml.problems.length) return 'the YAML in a block scalar no longer parses'
  return difference(inner, edited, expected)
}

/** Between the edited scalars, and around them, every byte is as it was; only an empty value gets its space. */
function bytesDiffer(before: string, after: string, moved: Expected['moved']): string | undefined {
  const end = { before: { start: before.length, end: 0 }, after: { start: after.length, end: 0 } }
  let last = { before: 0, after: 0 }
  let lastEmpty = false
  for (const next of [...moved, end]) {
    const empty = next !== end && next.before.start === next.before.end
    const gaps = [before.slice(last.before, next.before.start), after.slice(last.after, next.after.start)]
    const [one, two] = gaps.map((gap) => withoutSpaces(gap, lastEmpty, empty))
    if (one !== two) return 'other bytes of the file would change'
    last = { before: next.before.end, after: next.after.end }
    lastEmpty = empty
  }
  return undefined
}

function withoutSpaces(gap: string, atStart: boolean, atEnd: boolean): string {
  const cut = atStart ? gap.replace(/^[ \t]+/, '') : gap
  return atEnd ? cut.trimEnd() : cut
}

type ScalarEvent = Extract<Event, { type: 4 }>

/** All of an event but a scalar's content and quotes. */
function frame({ text }: YamlText, event: Event): string {
  if (event.type === EVENT_ID.POP) return 'pop'
  if (event.type === EVENT_ID.DOCUMENT) {
    return JSON.stringify([event.explicitStart, event.explicitEnd, event.directives])
  }
  const anchor = text.slice(event.anchorStart, event.anchorEnd)
  if (event.type === EVENT_ID.ALIAS) return `*${anchor}`
  const tag = text.slice(event.tagStart, event.tagEnd)
  const style = event.type === EVENT_ID.SCALAR ? '' : event.style
  return `${event.type} ${style} ${event.anchorStart < 0 ? '' : `&${anchor}`} ${event.tagStart < 0 ? '' : tag}`
}

/** A scalar as it is written, quotes included. */
function written(yaml: YamlText, at: number): string {
  const event = yaml.events[at] as ScalarEvent
  return event.valueStart < 0 ? '' : `${event.style} ${yaml.text.slice(event.valueStart, event.valueEnd)}`
}

function outerSpan({ yaml, toOuter }: Layer, at: number): Span {
  const { start, end } = spansOf(yaml.text, yaml.events, at)
  return { start: toOuter(start), end: toOuter(end) }
}

function layerIn({ yaml, toOuter }: Layer, at: number, limits: YamlLimits): Layer | undefined {
  const embedded = embeddedIn(yaml, at, limits)
  return embedded && { yaml: embedded.yaml, toOuter: (offset) => toOuter(embedded.toOuter(offset)) }
}
