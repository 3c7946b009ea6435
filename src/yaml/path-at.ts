import { EVENT_ID, type Event } from 'js-yaml'
import { afterNode, spansOf } from './event.ts'
import { keyText, type PathStep } from './locate.ts'

/** The path of the node or key that starts at an offset, and which of the two it is. */
export function pathAt(
  text: string,
  events: readonly Event[],
  start: number,
  offset: number,
): { path: PathStep[]; at: 'value' | 'key' } | undefined {
  const event = events[start] as Event
  if (event.type === EVENT_ID.SEQUENCE) {
    let at = start + 1
    for (let index = 0; (events[at] as Event).type !== EVENT_ID.POP; index++) {
      const found = below(text, events, at, index, offset)
      if (found) return found
      at = afterNode(events, at)
    }
  } else if (event.type === EVENT_ID.MAPPING) {
    let at = start + 1
    while ((events[at] as Event).type !== EVENT_ID.POP) {
      const key = keyText(text, events[at] as Event) ?? ''
      if (spansOf(text, events, at).start === offset) return { path: [key], at: 'key' }
      const valueAt = afterNode(events, at)
      const found = below(text, events, valueAt, key, offset)
      if (found) return found
      at = afterNode(events, valueAt)
    }
  }
  return spansOf(text, events, start).start === offset ? { path: [], at: 'value' } : undefined
}

function below(text: string, events: readonly Event[], at: number, step: PathStep, offset: number) {
  const found = pathAt(text, events, at, offset)
  return found && { path: [step, ...found.path], at: found.at }
}
