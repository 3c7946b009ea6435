import picomatch from 'picomatch'
import { RE2JS } from 're2js'
import { type Parsed, right, wrong } from './parsed.ts'

export type PathMatcher = (path: string) => boolean

const LONGEST = 1000

/** `posix` makes `[!a]` mean what it means in a shell. */
const OPTIONS = { dot: true, noextglob: true, strictSlashes: true, posix: true }

/** What picomatch writes so that `*` matches no `.` or `..`, which no path in Git holds; RE2 has no such assertions. */
const DOT_SEGMENTS = /\(\?!(?:\(\?:\^\|\\\/\))?\\\.\{1,2\}\(\?:\\\/\|\$\)\)|\(\?=\.\)/g

/**
 * Reads a glob of `*`, `**`, `?`, `[abc]` and `{a,b}`, relative to the repository root, into what matches paths. A name
 * that begins with a dot matches like any other; a folder matches with all that is below it. The syntax is
 * picomatch's, but the matching is RE2's: linear in the path, whatever the glob.
 */
export function parseGlob(glob: string): Parsed<PathMatcher> {
  if (glob.trim() === '') return wrong('must be a path or glob such as apps/**/*.yaml')
  if (glob.length > LONGEST) return wrong(`must be a glob of at most ${LONGEST} characters`)
  if (/^[/!~]/.test(glob) || glob.split('/').includes('..')) {
    return wrong('must be a glob relative to the repository root, without "..", "~" or "!"')
  }
  try {
    const trimmed = glob.replace(/^\.\//, '').replace(/\/$/, '')
    const matchers = [trimmed, `${trimmed}/**`].map(compile)
    return right((path) => matchers.some((matcher) => matcher.matches(path)))
  } catch {
    return wrong('must be a glob of *, **, ?, [abc] and {a,b} only')
  }
}

/** Whether a path matches any of the globs, each of which `parseGlob` accepts; one that it does not matches nothing. */
export function anyGlob(globs: readonly string[]): PathMatcher {
  const matchers = globs.flatMap((glob) => {
    const parsed = parseGlob(glob)
    return parsed.ok ? [parsed.value] : []
  })
  return (path) => matchers.some((matches) => matches(path))
}

function compile(glob: string): RE2JS {
  const { source } = picomatch.makeRe(glob.replace(/[()|]/g, '\\$&'), OPTIONS)
  return RE2JS.compile(source.replace(DOT_SEGMENTS, ''))
}
