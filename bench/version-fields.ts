/**
 * Edits every version field of whole repositories, one at a time, and counts: `node bench/version-fields.ts GIT_DIR…`.
 * Each edit must change one line, read back as what was written, leave every other field alone, and go back to the
 * very bytes that stood there (but for quotes that the first edit added).
 */
import { execFileSync } from 'node:child_process'
import { chartFolders, isCandidate } from '../src/image/candidate.ts'
import { changeVersions, type VersionChange } from '../src/image/change.ts'
import type { FieldKind, VersionField } from '../src/image/field.ts'
import { findVersionFields } from '../src/image/fields.ts'
import { decode } from '../src/yaml/decode.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../src/yaml/limits.ts'
import { readYaml } from '../src/yaml/read.ts'

const ALL = { promote: ['images', 'charts', 'refs'], limits } as const

/** Versions that no repository has; the numeric one needs quotes where none stand. */
const NEW: Readonly<Record<FieldKind, readonly string[]>> = {
  tag: ['v98.76.54', '706798e8'],
  digest: [`sha256:${'0123456789abcdef'.repeat(4)}`],
  chart: ['98.76.54'],
  ref: ['v98.76.54'],
}

class Tally {
  readonly #counts = new Map<string, number>()

  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by)
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  print(title: string): void {
    const rows = [...this.#counts].sort((a, b) => b[1] - a[1])
    process.stdout.write(
      `${title}\n${rows.map(([name, count]) => `  ${String(count).padStart(7)}  ${name}\n`).join('')}`,
    )
  }
}

/** The candidate files of a repository's newest commit, by path. */
function* candidates(gitDir: string): Generator<{ path: string; bytes: Buffer }> {
  const git = (args: string[], input = '') =>
    execFileSync('git', ['--git-dir', gitDir, ...args], { input, maxBuffer: 2 ** 31 })
  const blobs = new Map<string, string>()
  for (const row of git(['ls-tree', '-r', '-z', 'HEAD']).toString().split('\0')) {
    const [, id, path] = /^100\d+ blob (\w+)\t(.*)$/s.exec(row) ?? []
    if (id && path) blobs.set(path, id)
  }
  const charts = chartFolders(blobs.keys())
  const paths = [...blobs.keys()].filter((path) => isCandidate(path, charts))
  const all = git(['cat-file', '--batch'], paths.map((path) => `${blobs.get(path)}\n`).join(''))
  let at = 0
  for (const path of paths) {
    const end = all.indexOf(10, at)
    const size = Number(all.toString('utf8', at, end).split(' ')[2] ?? Number.NaN)
    at = end + 1
    if (Number.isNaN(size)) continue
    yield { path, bytes: all.subarray(at, at + size) }
    at += size + 1
  }
}

function changedLines(before: string, after: string): number {
  const one = before.split('\n')
  const two = after.split('\n')
  if (one.length !== two.length) return Number.POSITIVE_INFINITY
  return one.filter((line, at) => line !== two[at]).length
}

function fieldsOf(path: string, text: string): VersionField[] {
  return findVersionFields({ path, yaml: readYaml(text, limits) }, ALL).fields
}

/** What is wrong with an edit, if anything is. */
function faultOf(path: string, text: string, change: VersionChange): string | undefined {
  const { field, value } = change
  const edited = changeVersions(readYaml(text, limits), [change], limits)
  if (!edited.ok) return `refused: ${edited.reason}`
  if (changedLines(text, edited.text) !== 1) return 'more than one line differs'
  const before = fieldsOf(path, text)
  const after = fieldsOf(path, edited.text)
  if (after.length !== before.length) return 'another number of fields'
  const at = before.findIndex((other) => other.span.start === field.span.start && other.kind === field.kind)
  const values = (fields: VersionField[]) =>
    fields.filter(({ site }) => site.style !== 'alias').map((other) => other.value)
  const wanted = values(before.map((other, index) => (index === at ? { ...other, value } : other)))
  if (values(after).join('\n') !== wanted.join('\n')) return 'reads back differently'
  const back = changeVersions(
    readYaml(edited.text, limits),
    [{ field: after[at] as VersionField, value: field.value }],
    limits,
  )
  if (!back.ok) return `does not go back: ${back.reason}`
  const quotes = /["']/g
  return back.text.replace(quotes, '') === text.replace(quotes, '') ? undefined : 'does not go back to the same bytes'
}

const places = new Tally()
const obstacles = new Tally()
const totals = new Tally()
const skips = new Tally()
const verbose = process.argv.includes('--verbose')

for (const gitDir of process.argv.slice(2).filter((argument) => !argument.startsWith('--'))) {
  const own = new Tally()
  for (const { path, bytes } of candidates(gitDir)) {
    const decoded = decode(bytes)
    if (!decoded.ok) continue
    const found = findVersionFields({ path, yaml: readYaml(decoded.text, limits) }, ALL)
    own.add('files')
    for (const skipped of found.skipped) {
      own.add('skipped')
      skips.add(skipped.reason.slice(0, 100))
    }
    for (const field of found.fields) {
      own.add('fields')
      places.add(`${field.place} ${field.kind}`)
      if (field.editable !== true) {
        own.add('not editable')
        obstacles.add(field.editable.kind)
        if (verbose)
          process.stdout.write(`  - ${path}:${field.line} ${field.steps.join('/')} ${field.editable.message}\n`)
        continue
      }
      if (verbose)
        process.stdout.write(
          `  + ${path}:${field.line} ${field.kind} ${field.image ?? field.chart ?? field.repository} ${field.value}\n`,
        )
      for (const value of NEW[field.kind]) {
        const fault = faultOf(path, decoded.text, { field, value })
        own.add(fault ? 'faults' : 'one-line edits')
        if (fault) process.stdout.write(`  FAULT ${path}:${field.line}:${field.column} ${value}: ${fault}\n`)
      }
    }
  }
  const counts = ['files', 'skipped', 'fields', 'not editable', 'one-line edits', 'faults'].map((name) => {
    totals.add(name, own.get(name))
    return `${name} ${own.get(name)}`
  })
  process.stdout.write(`${gitDir.replace(/^.*\.mirror\//, '').replace(/\/repo$/, '')}: ${counts.join(', ')}\n`)
}

totals.print('Total')
places.print('By place')
obstacles.print('Not editable')
skips.print('Skipped')
