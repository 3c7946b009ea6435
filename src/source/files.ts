import type { Tree } from '../repository/tree.ts'
import { type Decoded, decode } from '../yaml/decode.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { readYaml, type YamlText } from '../yaml/read.ts'

/** The YAML files of a tree. */
export interface YamlFiles {
  readonly tree: Tree
  readonly limits: YamlLimits
  /** The decoded text, or why there is none; `undefined` where the tree has no such file. */
  decoded(path: string): Decoded | undefined
  /** Parses a file and forgets it: for files that are looked at once. */
  read(path: string): YamlText | undefined
  /** Parses a file once and keeps it: for kustomizations and what findings in rendered output lead back to. */
  keep(path: string): YamlText | undefined
}

export function openFiles(tree: Tree, limits: YamlLimits): YamlFiles {
  const kept = new Map<string, YamlText | undefined>()
  // Who asks for a file's text asks for its YAML next.
  let last: { path: string; decoded: Decoded | undefined } | undefined
  const decoded = (path: string) => {
    if (last?.path === path) return last.decoded
    const bytes = tree.read(path)
    last = { path, decoded: bytes && decode(bytes) }
    return last.decoded
  }
  const read = (path: string) => {
    const text = decoded(path)
    return text?.ok ? readYaml(text.text, limits) : undefined
  }
  const keep = (path: string) => {
    if (!kept.has(path)) kept.set(path, read(path))
    return kept.get(path)
  }
  return { tree, limits, decoded, read, keep }
}
