import type { Place } from '../report/finding.ts'
import { nearest } from '../report/nearest.ts'
import { folderOf, isWithin, nameOf } from '../repository/path.ts'
import type { YamlFiles } from './files.ts'
import { type Kustomization, type Link, placeOf, readKustomization } from './kustomization.ts'
import { type NativeUse, nativeFaults, nativePluginFault } from './native-scan.ts'

/** What the static scan of one kustomization found, before anything is rendered. */
export interface Scan {
  root: Kustomization
  /** Every kustomization in it, the root first, in the order they are reached. */
  kustomizations: readonly Kustomization[]
  /** Every file a build of it reads. */
  files: ReadonlySet<string>
  faults: readonly Fault[]
}

/** Why a kustomization cannot, or must not, be built. */
export interface Fault {
  rule: 'render/refused' | 'render/kustomize'
  place: Place
  message: string
}

/** The kustomizations of a tree and how they use each other. */
export interface KustomizationGraph {
  at(folder: string): Kustomization | undefined
  /** Follows a kustomization through everything it names. */
  scan(folder: string): Scan
}

/** @param native given where the tools of PATH render, which no sandbox holds. */
export function openGraph(files: YamlFiles, native?: NativeUse): KustomizationGraph {
  const read = new Map<string, Kustomization | undefined>()
  const at = (folder: string) => {
    if (!read.has(folder)) read.set(folder, readKustomization(files, folder))
    return read.get(folder)
  }
  return { at, scan: (folder) => scan(files, at, folder, native) }
}

function scan(
  files: YamlFiles,
  at: (folder: string) => Kustomization | undefined,
  folder: string,
  native: NativeUse | undefined,
): Scan {
  const faults: Fault[] = []
  const reached = new Map<string, Kustomization>()
  const read = new Set<string>()

  function visit(kustomization: Kustomization, chain: readonly Kustomization[]): void {
    if (reached.has(kustomization.folder)) return
    reached.set(kustomization.folder, kustomization)
    read.add(kustomization.file)
    if (kustomization.rival) faults.push(rivalFault(kustomization))
    for (const { path, message } of native ? nativeFaults(kustomization) : []) {
      const place = placeOf(kustomization, path)
      faults.push({ rule: 'render/refused', place, message: message + through([...chain, kustomization]) })
    }
    for (const link of kustomization.links) follow(kustomization, link, [...chain, kustomization])
  }

  function follow(from: Kustomization, link: Link, chain: readonly Kustomization[]): void {
    const { target } = link
    const fault = (rule: Fault['rule'], message: string) =>
      void faults.push({ rule, place: placeOf(from, link.path), message: message + through(chain) })
    switch (target.kind) {
      case 'refused':
        return fault('render/refused', `${quote(link)} is not rendered: ${target.why}.`)
      case 'remote': {
        // What a fetched plugin does cannot be told beforehand.
        const allowed = native?.allowRemote && link.role !== 'plugin'
        const why = allowed ? target.unsafe : target.why
        if (why !== undefined) fault('render/refused', `${quote(link)} is not rendered: ${why}.`)
        return
      }
      case 'missing':
        return fault('render/kustomize', missingMessage(files, link, target.path))
      case 'chart':
        for (const path of files.tree.paths) if (isWithin(path, target.path)) read.add(path)
        return
      case 'file':
        read.add(target.path)
        if (files.tree.read(target.path) === undefined)
          return fault('render/kustomize', unreadMessage(files, link, target.path))
        if (link.role === 'plugin') checkPlugin(textOf(files, target.path), from.folder, fault)
        return
      case 'folder':
        return followFolder(link, target.path, chain, fault)
      case 'inline':
        if (link.role === 'plugin') checkPlugin(link.text, from.folder, fault)
    }
  }

  function followFolder(
    link: Link,
    folder: string,
    chain: readonly Kustomization[],
    fault: (rule: Fault['rule'], message: string) => void,
  ): void {
    const next = at(folder)
    if (!next)
      return fault(
        'render/kustomize',
        `${quote(link)} is a folder without a kustomization.yaml; add one, or list its files.`,
      )
    const cycle = chain.findIndex((each) => each.folder === folder)
    if (cycle >= 0) {
      const loop = [...chain.slice(cycle), next].map((each) => each.file).join(' → ')
      return fault('render/kustomize', `${quote(link)} leads back to itself: ${loop}; remove one of these entries.`)
    }
    visit(next, chain)
  }

  function checkPlugin(
    text: string | undefined,
    folder: string,
    fault: (rule: Fault['rule'], message: string) => void,
  ): void {
    if (text === undefined) return native && fault('render/refused', 'This plugin cannot be read, so it is not run.')
    if (needsExecution(text)) return fault('render/refused', pluginMessage)
    const reason = native && nativePluginFault(text, folder, native)
    if (reason !== undefined) fault('render/refused', `This plugin is not run: ${reason}`)
  }

  const root = at(folder) as Kustomization
  visit(root, [])
  return { root, kustomizations: [...reached.values()], files: read, faults }
}

/** The chain of files that led to a fault, where it is longer than the file the fault stands in. */
function through(chain: readonly Kustomization[]): string {
  return chain.length > 1 ? ` Reached through ${chain.map((each) => each.file).join(' → ')}.` : ''
}

function quote(link: Link): string {
  const text = link.text.length > 120 ? `${link.text.slice(0, 117)}…` : link.text
  return JSON.stringify(text)
}

function missingMessage(files: YamlFiles, link: Link, path: string | undefined): string {
  if (path === undefined) return `${quote(link)} lies outside the repository; copy it into the repository.`
  const close = nearest(nameOf(path), files.tree.list(folderOf(path)))
  const cure = close === undefined ? 'correct the entry, or add the file' : `did you mean ${close}`
  return `${quote(link)} does not exist: there is no ${path} in the repository; ${cure}${close === undefined ? '.' : '?'}`
}

function unreadMessage(files: YamlFiles, link: Link, path: string): string {
  return `${quote(link)} is not read: ${files.tree.skipped.get(path) ?? 'it is no file'}.`
}

function rivalFault(kustomization: Kustomization): Fault {
  return {
    rule: 'render/kustomize',
    place: { file: kustomization.rival as string, line: 1, column: 1 },
    message: `This folder has two kustomization files; kustomize refuses to choose between this one and ${kustomization.file}.`,
  }
}

const pluginMessage =
  'This plugin would run a program (a function, an executable or a container), so it is not rendered; commit what it makes.'

function textOf(files: YamlFiles, path: string): string | undefined {
  const text = files.decoded(path)
  return text?.ok ? text.text : undefined
}

/** Only kustomize's own plugins (`apiVersion: builtin`) without a function annotation run inside it. */
function needsExecution(text: string): boolean {
  return (
    /config\.(?:kubernetes|k8s)\.io\/function\s*:/.test(text) ||
    !/^\s*["']?apiVersion["']?\s*:\s*["']?builtin\b/m.test(text)
  )
}
