import { EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml'

/** Where a node stands in the text; for an alias, where the alias stands. End-exclusive. */
export interface Span {
  start: number
  end: number
}

/** The index after the node that starts at `index`. */
export function afterNode(events: readonly Event[], index: number): number {
  let depth = 0
  let at = index
  do {
    const type = (events[at++] as Event).type
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING || type === EVENT_ID.DOCUMENT) depth++
    else if (type === EVENT_ID.POP) depth--
  } while (depth > 0)
  return at
}

/** The place of the node at `index`: quotes and block indicators belong to it, tags and anchors do not. */
export function spansOf(text: string, events: readonly Event[], index: number): Span {
  const event = events[index] as Event
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return scalarSpan(text, events, index, event)
    case EVENT_ID.ALIAS:
      return { start: event.anchorStart - 1, end: event.anchorEnd }
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return { start: event.start, end: event.start + 1 }
    default:
      return { start: 0, end: 0 }
  }
}

function scalarSpan(text: string, events: readonly Event[], index: number, event: Extract<Event, { type: 4 }>): Span {
  if (event.valueStart < 0) return emptySpan(text, events, index, event)
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: event.valueStart - 1, end: event.valueEnd + 1 }
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return { start: blockIndicator(text, event.valueStart), end: event.valueEnd }
    default:
      return { start: event.valueStart, end: event.valueEnd }
  }
}

/** The `|` or `>` of a block scalar stands at the end of the line before its content. */
function blockIndicator(text: string, contentStart: number): number {
  for (let end = contentStart; end > 0; ) {
    const lineBreak = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1))
    const header = /[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?$/.exec(text.slice(lineBreak + 1, end).trimEnd())
    if (header) return lineBreak + 1 + header.index
    // Blank lines may stand between the header and the content.
    end = lineBreak < end - 1 ? lineBreak + 1 : end - 1
  }
  return contentStart
}

/** An empty value (`key:`) stands after its tag or anchor, else at the end of what precedes it. */
function emptySpan(text: string, events: readonly Event[], index: number, event: Extract<Event, { type: 4 }>): Span {
  const own = Math.max(event.tagEnd, event.anchorEnd)
  if (own >= 0) return { start: own, end: own }
  const before = events[index - 1]
  if (before?.type === EVENT_ID.SCALAR && before.valueStart >= 0) {
    const end = spansOf(text, events, index - 1).end
    const colon = text.indexOf(':', end)
    const at = colon >= 0 && text.slice(end, colon).trim() === '' ? colon + 1 : end
    return { start: at, end: at }
  }
  return { start: 0, end: 0 }
}
