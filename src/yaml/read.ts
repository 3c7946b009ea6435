import { EVENT_ID, type Event, YAMLException } from 'js-yaml'
import { compose } from './compose.ts'
import { conflictIn } from './conflict.ts'
import { afterNode, spansOf } from './event.ts'
import { parseLoosely } from './flow-lines.ts'
import type { YamlLimits } from './limits.ts'
import { type Located, locate, type PathStep } from './locate.ts'
import { Positions } from './position.ts'
import type { Problem } from './problem.ts'
import type { YamlValue } from './yaml-value.ts'

/** One document of a YAML text. */
export interface YamlDocument {
  /** As the cluster reads it; `undefined` where it could not be read (its problems say why). */
  readonly value: YamlValue | undefined
  /** Nothing but comments and separators. */
  readonly empty: boolean
  /** Index of its first node in `events`. */
  readonly start: number
  /** Offset of its first character. */
  readonly offset: number
  readonly problems: readonly Problem[]
}

/** A YAML (or JSON) text, parsed once: values and positions come from the same events. */
export interface YamlText {
  readonly text: string
  readonly events: readonly Event[]
  readonly positions: Positions
  readonly documents: readonly YamlDocument[]
  /** What belongs to no single document: syntax errors and limits. */
  readonly problems: readonly Problem[]
}

/** Reads a text. Never throws: what cannot be read is a problem, and the other documents are still read. */
export function readYaml(text: string, limits: YamlLimits): YamlText {
  const problems: Problem[] = []
  const events = parse(text, limits, problems)
  const documents = readDocuments(text, events, limits, problems)
  return { text, events, positions: new Positions(text), documents, problems }
}

/** Where a field of a document stands. */
export function locateIn(yaml: YamlText, document: YamlDocument, path: readonly PathStep[]): Located | undefined {
  return locate(yaml.text, yaml.events, document.start, path)
}

/** How many broken documents of one file are set aside before the rest of it is given up. */
const MOST_BROKEN = 20

/**
 * The parser stops at the first error. The document that holds it is blanked, offsets unchanged, and the rest
 * parsed, so that one broken document hides no other. A merge conflict may reach from one into another.
 */
function parse(text: string, limits: YamlLimits, problems: Problem[]): Event[] {
  let readable = text
  for (let attempt = 0; attempt < MOST_BROKEN; attempt++) {
    try {
      return readable.trim() === '' && attempt > 0 ? [] : parseLoosely(readable, { maxDepth: limits.depth })
    } catch (error) {
      const conflict = conflictIn(text)
      const problem = conflict ?? syntaxProblem(error, limits)
      problems.push(problem)
      if (conflict) return []
      readable = blankDocument(readable, problem.offset)
    }
  }
  return []
}

function syntaxProblem(error: unknown, limits: YamlLimits): Problem {
  if (error instanceof YAMLException && error.mark) {
    const offset = error.mark.position
    if (/maxDepth/.test(error.reason)) return depthProblem(offset, limits)
    return { rule: 'yaml/syntax', message: sentence(error.reason), offset }
  }
  return depthProblem(0, limits)
}

function depthProblem(offset: number, limits: YamlLimits): Problem {
  const message = `Collections are nested deeper than the limit (limits.depth) of ${limits.depth}.`
  return { rule: 'yaml/limit', message, offset }
}

/** js-yaml's reasons are fragments. They never quote the source, which may hold a secret. */
function sentence(reason: string): string {
  return `Not valid YAML: ${reason}.`
}

/** An unclosed collection is noticed at the separator after it: that separator belongs to the next document. */
function blankDocument(text: string, offset: number): string {
  const separators = /^---(?=\s|$)/gm
  let from = 0
  let to = text.length
  if (text.slice(0, offset).trim() === '') separators.lastIndex = offset + 3
  for (let match = separators.exec(text); match; match = separators.exec(text)) {
    if (match.index >= offset) {
      to = match.index
      break
    }
    from = match.index
  }
  return text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, ' ') + text.slice(to)
}

function readDocuments(text: string, events: readonly Event[], limits: YamlLimits, problems: Problem[]) {
  const documents: YamlDocument[] = []
  for (let at = 0; at < events.length; at = afterNode(events, at)) {
    if (documents.length >= limits.documents) {
      const message = `This file holds more than ${limits.documents} documents, the limit (limits.documents).`
      problems.push({ rule: 'yaml/limit', message, offset: spansOf(text, events, at + 1).start })
      break
    }
    documents.push(readDocument(text, events, at + 1, limits))
  }
  return documents
}

function readDocument(text: string, events: readonly Event[], start: number, limits: YamlLimits): YamlDocument {
  const first = events[start] as Event
  if (first.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.tagStart < 0 && first.anchorStart < 0) {
    return { value: null, empty: true, start, offset: 0, problems: [] }
  }
  const { value, problems } = compose(text, events, start, limits)
  return { value, empty: false, start, offset: spansOf(text, events, start).start, problems }
}
