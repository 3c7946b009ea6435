import type { YamlFiles } from '../source/files.ts'
import type { Scan } from '../source/graph.ts'
import { discreet } from './discreet.ts'
import type { NewFinding } from './ledger.ts'
import { yamlFinding } from './plain.ts'

/**
 * What is wrong with the text of the files that a kustomization reads, each in its own file. kustomize would name the
 * kustomization instead, and a line that is not the file's. A template of a chart is no YAML yet.
 */
export function unreadableFiles({ files: paths, kustomizations }: Scan, files: YamlFiles): NewFinding[] {
  const own = new Set(kustomizations.map(({ file }) => file))
  return [...paths].filter((path) => isManifest(path) && !own.has(path)).flatMap((path) => faultsIn(path, files))
}

function isManifest(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !/(?:^|\/)templates\//.test(path)
}

function faultsIn(path: string, files: YamlFiles): NewFinding[] {
  const yaml = files.read(path)
  if (!yaml) return []
  const mayBeSecret = /\bSecret\b/.test(yaml.text)
  const inDocuments = yaml.documents.flatMap(({ problems }) => problems.filter(({ manifestOnly }) => !manifestOnly))
  return [...yaml.problems, ...inDocuments]
    .filter(({ severity }) => severity !== 'warning' && severity !== 'notice')
    .map((problem) => yamlFinding(mayBeSecret ? discreet(problem) : problem, path, yaml))
}
