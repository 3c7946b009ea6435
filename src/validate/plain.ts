import { type ManifestItem, recognise } from '../kubernetes/manifest.ts'
import { type FieldPlace, nameOfResource, type Resource } from '../kubernetes/resource.ts'
import type { Place } from '../report/finding.ts'
import { TOO_LARGE } from '../repository/file-limit.ts'
import type { YamlFiles } from '../source/files.ts'
import type { PathStep } from '../yaml/locate.ts'
import { Positions } from '../yaml/position.ts'
import type { Problem } from '../yaml/problem.ts'
import { locateIn, type YamlDocument, type YamlText } from '../yaml/read.ts'
import { type Account, countNotManifest } from './account.ts'
import { discreet } from './discreet.ts'
import type { Ledger, NewFinding } from './ledger.ts'

/** A resource of a plain manifest, and whether its document has an error already. */
export interface PlainResource {
  resource: Resource
  faulty: boolean
  document: YamlDocument
}

/**
 * Reads a file document by document. What is wrong with the text goes to the ledger; every document is either
 * answered as resources or counted.
 */
export function* readPlain(files: YamlFiles, file: string, ledger: Ledger, account: Account): Iterable<PlainResource> {
  const decoded = files.decoded(file)
  if (!decoded) {
    const reason = files.tree.skipped.get(file)
    if (reason?.startsWith(TOO_LARGE))
      ledger.add({
        rule: 'yaml/limit',
        message: `This file is ${reason}, so it is not read; raise the limit, or ignore the file.`,
        file,
        line: 1,
        column: 1,
      })
    return
  }
  account.files++
  if (!decoded.ok) {
    const { line, column } = new Positions(decoded.problem.before).at(decoded.problem.before.length)
    ledger.add({ rule: decoded.problem.rule, message: decoded.problem.message, file, line, column })
    return
  }
  if (decoded.text.startsWith('version https://git-lfs.github.com/spec/')) {
    ledger.add({ rule: 'yaml/encoding', message: LFS_POINTER, file, line: 1, column: 1 })
    return
  }
  const yaml = files.read(file) as YamlText
  for (const problem of yaml.problems) report(problem, file, yaml, ledger)
  for (const index of yaml.documents.keys()) yield* readDocument(file, yaml, index, files, ledger, account)
}

const LFS_POINTER = 'This is a Git LFS pointer, not the file itself; check out with lfs: true.'

function* readDocument(
  file: string,
  yaml: YamlText,
  index: number,
  files: YamlFiles,
  ledger: Ledger,
  account: Account,
): Iterable<PlainResource> {
  const document = yaml.documents[index] as YamlDocument
  account.documents++
  if (document.empty) {
    account.empty++
    return
  }
  const manifest = document.value === undefined ? undefined : recognise(document.value, file)
  const isManifest = manifest !== undefined && manifest.is !== 'none'
  const isSecret = manifest?.is === 'resources' && manifest.items.some(({ value }) => value?.kind === 'Secret')
  let faulty = false
  for (const problem of document.problems) {
    if (problem.manifestOnly && !isManifest) continue
    if (report(isSecret ? discreet(problem) : problem, file, yaml, ledger) === 'error') faulty = true
  }
  if (!manifest || manifest.is === 'kustomization') return
  if (manifest.is === 'none') return countNotManifest(account, manifest.reason, file)
  if (manifest.is === 'faulty') {
    ledger.add({
      rule: 'manifest/kind',
      message: manifest.message,
      ...placeIn(file, yaml, document, manifest.path, 'value'),
    })
    return
  }
  if (exceedsLimit(yaml, document, files.limits.resource)) {
    const message = `This resource is larger than the limit (limits.resource) of ${files.limits.resource} characters.`
    ledger.add({ rule: 'yaml/limit', message, ...placeIn(file, yaml, document, [], 'key') })
    return
  }
  for (const item of manifest.items) yield* readItem(file, yaml, index, item, faulty, files, ledger)
}

function* readItem(
  file: string,
  yaml: YamlText,
  index: number,
  item: ManifestItem,
  faulty: boolean,
  files: YamlFiles,
  ledger: Ledger,
): Iterable<PlainResource> {
  const document = yaml.documents[index] as YamlDocument
  if (item.fault) {
    ledger.add({ rule: 'manifest/kind', message: item.fault, ...placeIn(file, yaml, document, item.path, 'value') })
    return
  }
  const place = (path: readonly PathStep[], at: 'value' | 'key') =>
    placeIn(file, yaml, document, [...item.path, ...path], at, item.path)
  const placeLater = namePlace(files, file, index, item.path)
  yield { resource: { ...nameOfResource(item.value), value: item.value, place, placeLater }, faulty, document }
}

/** Reads the file again when asked: until then nothing of it need be kept. */
function namePlace(files: YamlFiles, file: string, index: number, item: readonly PathStep[]): () => Place {
  return () => {
    const yaml = files.keep(file) as YamlText
    return placeIn(file, yaml, yaml.documents[index] as YamlDocument, [...item, 'metadata', 'name'], 'value', item)
  }
}

/**
 * Where a field of a document stands. Something that is missing is asked for by the mapping that lacks it: it stands
 * at that mapping's key, at a list item's start, and for the resource as a whole at `kind`.
 */
export function placeIn(
  file: string,
  yaml: YamlText,
  document: YamlDocument,
  path: readonly PathStep[],
  at: 'value' | 'key',
  root: readonly PathStep[] = [],
): FieldPlace {
  if (path.length === root.length && at === 'key') {
    for (const field of ['kind', 'apiVersion']) {
      const found = locateIn(yaml, document, [...root, field])
      if (found) return { file, ...yaml.positions.at((found.key ?? found.value).start) }
    }
  }
  for (let length = path.length; length >= 0; length--) {
    const found = locateIn(yaml, document, path.slice(0, length))
    if (!found) continue
    const span = at === 'key' || length < path.length ? (found.key ?? found.value) : found.value
    return { file, ...yaml.positions.at(span.start) }
  }
  return { file, ...yaml.positions.at(document.offset) }
}

function report(problem: Problem, file: string, yaml: YamlText, ledger: Ledger) {
  return ledger.add(yamlFinding(problem, file, yaml))
}

/** What is wrong with the text of a file, where it stands. */
export function yamlFinding(problem: Problem, file: string, yaml: YamlText): NewFinding {
  const place: Place = { file, ...yaml.positions.at(problem.offset) }
  const other = problem.other === undefined ? '' : ` It stands first in line ${yaml.positions.at(problem.other).line}.`
  const severity = problem.severity && { severity: problem.severity }
  return { rule: problem.rule, message: problem.message + other, ...severity, ...place }
}

function exceedsLimit(yaml: YamlText, document: YamlDocument, limit: number): boolean {
  if (yaml.text.length <= limit) return false
  const next = yaml.documents.find((each) => each.start > document.start && !each.empty)
  return (next?.offset ?? yaml.text.length) - document.offset > limit
}
