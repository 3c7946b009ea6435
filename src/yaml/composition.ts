import type { Event } from 'js-yaml'
import { spansOf } from './event.ts'
import type { Problem } from './problem.ts'

/** One document while its value is built: its text, its events, and what is wrong with it. */
export interface Composition {
  readonly text: string
  readonly events: readonly Event[]
  readonly problems: Problem[]
}

/** Thrown to leave a document at the first thing that leaves it without a value. */
export class Unreadable extends Error {}

export function report(
  { problems }: Composition,
  rule: Problem['rule'],
  offset: number,
  message: string,
  more?: Partial<Problem>,
): void {
  problems.push({ rule, offset, message, ...more })
}

/** @throws Unreadable */
export function fail(composition: Composition, rule: Problem['rule'], offset: number, message: string): never {
  report(composition, rule, offset, message)
  throw new Unreadable(message)
}

/** Where the node of an event begins. */
export function offsetOf({ text, events }: Composition, at: number): number {
  return spansOf(text, events, at).start
}

export function reportUnknownTag(composition: Composition, offset: number): void {
  const message = 'The cluster knows no custom YAML tags and ignores this one; remove it.'
  report(composition, 'yaml/syntax', offset, message, { manifestOnly: true })
}
