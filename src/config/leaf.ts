import * as z from 'zod'
import { DURATION, formatDuration, parseDuration } from '../report/duration.ts'
import { type Parsed, right, wrong } from './parsed.ts'
import { parseSize, SIZE } from './size.ts'

// The building blocks of the schema. Every message is a predicate ("must be …"): `fault.ts` puts the field before it.

const LEAST_SIZE = 1024

/** What was meant as a number. Any other text is not shown: it may be a secret in the wrong place. */
const NUMERIC = /^-?\d[\d.,_]{0,15}(?:\s?[A-Za-z]{1,12})?$/

/**
 * A text that is read into something.
 *
 * @param what completes "must be".
 * @param pattern what the published JSON Schema says of the text; it may accept more than `parse`, never less.
 */
export function read<T>(what: string, parse: (text: string) => Parsed<T>, pattern?: RegExp) {
  const written = z.string(`must be ${what}`)
  return (pattern ? written.meta({ pattern: pattern.source }) : written).transform((text, context): T => {
    const parsed = parse(text)
    if (parsed.ok) return parsed.value
    context.issues.push({ code: 'custom', message: parsed.problem, input: text })
    return z.NEVER
  })
}

function shown(input: unknown): string {
  return typeof input === 'string' && NUMERIC.test(input) ? `, not ${JSON.stringify(input)}` : ''
}

/** A text of a certain form, kept as it is. */
export function form(what: string, accepts: (text: string) => boolean, pattern?: RegExp) {
  return read(what, (text) => (accepts(text) ? right(text) : wrong(`must be ${what}`)), pattern)
}

export function text(what = 'text') {
  return form(what, (text) => text.trim() !== '', /\S/)
}

export function choice<const T extends readonly [string, ...string[]]>(choices: T) {
  return z.enum(choices, `must be ${oneOf(choices)}`)
}

export function flag() {
  return z.boolean('must be true or false')
}

export function count(least: number, most: number) {
  const what = `must be a whole number from ${least} to ${most}`
  const error = ({ input }: { input?: unknown }) => {
    const quoted = typeof input === 'string' && /^\d+$/.test(input) && Number(input) >= least && Number(input) <= most
    return quoted ? `${what}; write ${Number(input)} without quotes` : `${what}${shown(input)}`
  }
  return z.int({ error }).min(least, what).max(most, what)
}

/** Milliseconds. */
export function duration(least = 0, most = Number.MAX_SAFE_INTEGER) {
  const what = 'a duration such as 30s, 15m, 2h or 1d'
  return read(
    what,
    (text) => {
      const milliseconds = parseDuration(text)
      if (milliseconds === undefined) return wrong(`must be ${what}${shown(text)}`)
      if (milliseconds < least) return wrong(`must be at least ${formatDuration(least)}`)
      return milliseconds > most ? wrong(`must be at most ${formatDuration(most)}`) : right(milliseconds)
    },
    DURATION,
  )
}

/** Bytes, written as such or with a unit. */
export function size(most: string) {
  const what = `a size from 1KiB to ${most} such as 64MiB, or a number of bytes`
  const bytes = z
    .int()
    .min(LEAST_SIZE, `must be ${what}`)
    .max(parseSize(most) as number, `must be ${what}`)
  const withUnit = read(
    what,
    (text) => {
      const bounded = bytes.safeParse(parseSize(text))
      return bounded.success ? right(bounded.data) : wrong(`must be ${what}`)
    },
    SIZE,
  )
  return z.union([bytes, withUnit], `must be ${what}`)
}

export function list<Item extends z.ZodType>(item: Item, what: string) {
  return z.array(item, `must be ${what}`)
}

/** A list that may be absent, or a key without a value: then it is empty. */
export function maybeList<Item extends z.ZodType>(item: Item, what: string) {
  return list(item, what)
    .nullish()
    .transform((items) => items ?? [])
}

/**
 * A mapping with these keys and no other. For an unknown key the message is the known ones, from which `fault.ts`
 * makes a sentence for each key.
 */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : 'must be a mapping'),
  })
}

/**
 * A mapping whose keys are names; what they may be is checked in `names.ts`.
 *
 * @param keys what the published JSON Schema says of a name.
 */
export function named<Value extends z.ZodType>(value: Value, what: string, keys: Record<string, unknown> = {}) {
  return z
    .record(z.string().meta(keys), value, `must be ${what}`)
    .transform((entries) => new Map(Object.entries(entries)))
}

export function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}
