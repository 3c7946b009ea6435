import type * as z from 'zod'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { valueAt } from './raw.ts'
import { unknownKey } from './unknown-key.ts'

/** Something wrong with the configuration, and which key or value of it. */
export interface Fault {
  path: readonly PathStep[]
  at: 'key' | 'value'
  /** A sentence. */
  message: string
}

/**
 * Beyond these a file is no configuration. Finding the place of each, and what may have been meant, reads the file
 * again, and it may come from anybody.
 */
export const MOST_FAULTS = 200

/** What the schema found, as sentences. `raw` is what it looked at. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], raw: unknown): Fault[] {
  return issues.slice(0, MOST_FAULTS).flatMap((issue) => faultsOfIssue(issue, raw))
}

function faultsOfIssue(issue: z.core.$ZodIssue, raw: unknown): Fault[] {
  const path = issue.path as PathStep[]
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ')
    const keys = issue.keys.filter((key) => key !== '__proto__').slice(0, MOST_FAULTS)
    return keys.map((key) => ({ path: [...path, key], at: 'key', message: unknownKey(key, path, known) }))
  }
  if (issue.code === 'invalid_union') {
    const meant = branchMeant(issue)
    if (meant)
      return faultsOf(
        meant.map((inner) => ({ ...inner, path: [...path, ...inner.path] })),
        raw,
      )
  }
  const value = valueAt(raw, path)
  if (value === undefined) return [missing(path, issue.message)]
  const place = issue.code === 'custom' && typeof value === 'object' ? 'key' : 'value'
  const received = issue.code.startsWith('invalid') || typeof value === 'number' ? receivedOf(value) : ''
  return [{ path, at: place, message: sentence(`${nameOf(path)} ${issue.message}${received}`) }]
}

/** Of the alternatives, the one whose kind of value was written: a list with a wrong item is still meant as a list. */
function branchMeant(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  const isOther = ({ path, code }: z.core.$ZodIssue) =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
  const meant = issue.errors.filter((issues) => !issues.some(isOther))
  return meant.length === 1 ? meant[0] : undefined
}

function missing(path: readonly PathStep[], must: string): Fault {
  const mapping = path.slice(0, -1)
  return { path: mapping, at: 'key', message: `${nameOf(mapping)} lacks ${String(path.at(-1))}, which ${must}.` }
}

/** What ends with a question already is one. */
function sentence(text: string): string {
  return text.endsWith('?') ? text : `${text}.`
}

function nameOf(path: readonly PathStep[]): string {
  return path.length === 0 ? 'The configuration' : toFieldPath(path)
}

/** Texts are not quoted: they may be a secret that was put in the wrong place. */
function receivedOf(value: unknown): string {
  if (value === null) return ', but is empty'
  if (Array.isArray(value)) return ', not a list'
  switch (typeof value) {
    case 'object':
      return ', not a mapping'
    case 'number':
      return `, not the number ${value}`
    case 'boolean':
      return `, not ${value}`
    default:
      return ''
  }
}
