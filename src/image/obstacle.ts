import type { FieldKind, Obstacle } from './field.ts'
import { hasTemplate } from './fields/template.ts'
import { isDigest, isMovingTag, isTag } from './tag.ts'
import { chartSelection, isRef, refSelection } from './version.ts'

/** What is known of a value when it is judged. */
export interface Judged {
  kind: FieldKind
  value: string
  /** The scalar as the cluster reads it. */
  reading: unknown
  /** A digest stands beside the tag. */
  pinned: boolean
  /** The key says what it is, whatever it looks like. */
  as?: 'branch' | 'range' | undefined
}

/** Why a value is no version to promote, if it is none. */
export function valueObstacle(judged: Judged): Obstacle | undefined {
  const { kind, value, reading } = judged
  if (value === '' || reading === null) return both('empty', 'No version is written here.')
  if (hasTemplate(value)) return both('template', `${quote(value)} is filled in by a template.`)
  if (typeof reading !== 'string' && !isPlainNumber(reading, value)) return misread(value, reading)
  if (judged.as === 'branch') return both('branch', `${quote(value)} is a branch; branches are never promoted.`)
  if (judged.as === 'range') return range(value)
  switch (kind) {
    case 'tag':
      return tagObstacle(value, judged.pinned)
    case 'digest':
      return isDigest(value)
        ? undefined
        : both('invalid', `${quote(value)} is no digest (sha256: and 64 hexadecimal digits).`)
    case 'chart':
      return chartSelection(value) === 'exact' ? undefined : range(value)
    case 'ref':
      return refObstacle(value)
  }
}

/** What keeps a scalar from being edited, whatever its value. */
export function writingObstacle(kind: 'alias' | 'encrypted' | 'shape'): Obstacle {
  return { kind, bars: 'writing', message: WRITING[kind] }
}

const WRITING = {
  alias: 'An alias stands here; the value is the one at its anchor.',
  encrypted: 'The file is signed by SOPS, which would refuse it after an edit.',
  shape: 'Escapes or line folds stand within the version; write it on one line, as it reads.',
} as const

function tagObstacle(value: string, pinned: boolean): Obstacle | undefined {
  if (!isTag(value)) return both('invalid', `${quote(value)} is no valid tag.`)
  if (pinned || !isMovingTag(value)) return undefined
  return both('moving', `The tag ${value} may name another image tomorrow; it has no digest.`)
}

function refObstacle(value: string): Obstacle | undefined {
  const selection = refSelection(value)
  if (selection === 'branch') return both('branch', `${quote(value)} is a branch; branches are never promoted.`)
  if (selection === 'range') return range(value)
  return isRef(value) ? undefined : both('invalid', `${quote(value)} is no name that Git accepts.`)
}

function range(value: string): Obstacle {
  return both('range', `${quote(value)} is a range, which moves by itself.`)
}

/** A number or word that YAML turns into something else: what runs is not what is written. */
function misread(value: string, reading: unknown): Obstacle {
  const message = `${value} without quotes is the ${typeof reading} ${String(reading)}, not this text; write "${value}".`
  return { kind: 'number', bars: 'reading', message }
}

/** Go prints a float from a million on as 1e+06, so Helm would too. */
function isPlainNumber(reading: unknown, value: string): boolean {
  return typeof reading === 'number' && String(reading) === value && Math.abs(reading) < 1e6
}

function both(kind: Obstacle['kind'], message: string): Obstacle {
  return { kind, bars: 'both', message }
}

/** The text comes from a pull request: escaped and short. */
function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}
