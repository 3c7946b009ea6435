import { type Parsed, right, wrong } from './parsed.ts'

/** A path template, e.g. `envs/{env}/{app}` or `deploy/{app}/values-{env}.yaml`. */
export interface Layout {
  /** As written. */
  text: string
  segments: readonly Segment[]
}

/** One folder or file of a template: what is literal in it and, between that, the names of its levels. */
export type Segment = { is: 'any' } | { is: 'named'; parts: readonly Part[] }

export type Part = { literal: string } | { level: string }

const LEVEL = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g

/** Reads a template. It stays below the repository root, whatever its levels are filled with. */
export function parseLayout(text: string): Parsed<Layout> {
  if (text.trim() === '') return wrong('must be a path template such as envs/{env}/{app}')
  if (/^[/~]|\\/.test(text)) return wrong('must be relative to the repository root, with "/" between folders')
  const segments: Segment[] = []
  for (const written of text.replace(/^\.\//, '').replace(/\/$/, '').split('/')) {
    const segment = parseSegment(written)
    if (!segment.ok) return segment
    segments.push(segment.value)
  }
  return right({ text, segments })
}

function parseSegment(text: string): Parsed<Segment> {
  if (text === '*') return right({ is: 'any' })
  if (text === '' || text === '.' || text === '..') return wrong('must not have an empty folder, "." or ".."')
  if (text.includes('*')) return wrong('must have * only as a whole folder, and never **')
  const parts: Part[] = []
  let at = 0
  for (const match of text.matchAll(LEVEL)) {
    if (match.index > at) parts.push({ literal: text.slice(at, match.index) })
    else if (at > 0) return wrong('must have something between two levels')
    parts.push({ level: match[1] as string })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ literal: text.slice(at) })
  if (parts.some((part) => 'literal' in part && /[{}]/.test(part.literal))) {
    return wrong('must have levels such as {env} or {region}, and no other braces')
  }
  if (parts.filter((part) => 'level' in part).length > 2) return wrong('must have at most two levels in one folder')
  return right({ is: 'named', parts })
}

/** The names of the levels of a template, each once, in order. */
export function levelsOf(layout: Layout): string[] {
  const named = layout.segments.flatMap((segment) => (segment.is === 'named' ? segment.parts : []))
  return [...new Set(named.flatMap((part) => ('level' in part ? [part.level] : [])))]
}

/** The path that a template gives with these levels, or `undefined` where one is missing or the template has `*`. */
export function fillLayout(layout: Layout, levels: ReadonlyMap<string, string>): string | undefined {
  const names: string[] = []
  for (const segment of layout.segments) {
    if (segment.is === 'any') return undefined
    let name = ''
    for (const part of segment.parts) {
      const text = 'literal' in part ? part.literal : levels.get(part.level)
      if (text === undefined || text.includes('/')) return undefined
      name += text
    }
    if (name === '' || name === '.' || name === '..') return undefined
    names.push(name)
  }
  return names.join('/')
}
