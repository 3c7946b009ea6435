import { UsageError } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'

/** One long flag of the command line, and the input of the same name of the action. */
export interface Flag {
  name: string
  /** What stands for its value in the help; absent for a switch. */
  value?: string
  /** May be repeated; commas (and, in an action, lines) split too. */
  list?: boolean
  choices?: readonly string[]
  /** Why it takes one value and no more, as a sentence; without it the last of several counts. */
  single?: string
  /** What people write in vain for it. */
  aliases?: readonly string[]
  help: string
}

/** What was given, by flag; switches are `['true']`. */
export type Given = ReadonlyMap<string, readonly string[]>

/** Splits arguments into flags and the rest. `--flag value`, `--flag=value`, `--no-…` never; `--` ends the flags. */
export function readArguments(args: readonly string[], flags: readonly Flag[]): { given: Given; rest: string[] } {
  const given = new Map<string, string[]>()
  const rest: string[] = []
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] as string
    if (argument === '--') return { given, rest: [...rest, ...args.slice(at + 1)] }
    if (!argument.startsWith('-') || argument === '-') {
      rest.push(argument)
      continue
    }
    const equals = argument.indexOf('=')
    const written = equals < 0 ? argument : argument.slice(0, equals)
    const flag = findFlag(written, flags)
    const inline = equals < 0 ? undefined : argument.slice(equals + 1)
    if (flag.value === undefined) {
      if (inline !== undefined && inline !== 'true' && inline !== 'false')
        throw new UsageError(`${written} takes no value.`)
      given.set(flag.name, [inline ?? 'true'])
      continue
    }
    const value = inline ?? args[++at]
    if (value === undefined || (inline === undefined && value.startsWith('--')))
      throw new UsageError(`${written} needs a value: ${written} ${flag.value}.`)
    addValue(given, flag, value)
  }
  return { given, rest }
}

/** Records a value of a flag, checked against its choices. */
export function addValue(given: Map<string, string[]>, flag: Flag, value: string): void {
  const values = flag.list
    ? value
        .split(/[,\n]/)
        .map((each) => each.trim())
        .filter(Boolean)
    : [value.trim()]
  if (flag.single && (given.has(flag.name) || /[,\n]/.test(value.trim()))) throw new UsageError(flag.single)
  for (const each of values) {
    if (flag.choices && !flag.choices.includes(each)) {
      throw new UsageError(`--${flag.name} must be one of ${flag.choices.join(', ')}, not ${JSON.stringify(each)}.`)
    }
  }
  given.set(flag.name, flag.list ? [...(given.get(flag.name) ?? []), ...values] : values)
}

function findFlag(written: string, flags: readonly Flag[]): Flag {
  const name = written === '-h' ? 'help' : written.replace(/^--?/, '')
  const flag = written.startsWith('--') || written === '-h' ? flags.find((each) => each.name === name) : undefined
  if (flag) return flag
  const meant = flagsMeant(name, flags).map((each) => `--${each}`)
  throw new UsageError(
    `There is no flag ${written}; ${meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : 'see --help.'}`,
  )
}

function flagsMeant(name: string, flags: readonly Flag[]): readonly string[] {
  const aliased = flags.filter(({ aliases }) => aliases?.includes(name)).map((each) => each.name)
  if (aliased.length > 0) return aliased
  const close = nearest(
    name,
    flags.map((each) => each.name),
  )
  return close === undefined ? [] : [close]
}

export function text(given: Given, name: string): string | undefined {
  const value = given.get(name)?.[0]
  return value === '' ? undefined : value
}

export function list(given: Given, name: string): readonly string[] {
  return given.get(name) ?? []
}

export function isOn(given: Given, name: string): boolean {
  return given.get(name)?.[0] === 'true'
}
