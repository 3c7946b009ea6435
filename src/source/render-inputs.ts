import { isWithin } from '../repository/path.ts'
import type { Chart } from './chart.ts'
import type { YamlFiles } from './files.ts'
import type { Scan } from './graph.ts'

/** The files the engines are given: what the static scans reached, and the charts, and nothing else. */
export function renderInputs(
  files: YamlFiles,
  kustomizations: readonly Scan[],
  charts: readonly Chart[],
): Map<string, Uint8Array> {
  const paths = new Set(kustomizations.flatMap((scan) => [...scan.files]))
  for (const chart of charts) for (const path of chartFiles(files, chart)) paths.add(path)
  for (const { folder } of charts.flatMap((chart) => chart.lacking)) {
    if (folder !== undefined) for (const path of files.tree.paths) if (isWithin(path, folder)) paths.add(path)
  }
  const inputs = new Map<string, Uint8Array>()
  for (const path of paths) {
    const bytes = files.tree.read(path)
    if (bytes) inputs.set(path, bytes)
  }
  return inputs
}

export function chartFiles(files: YamlFiles, chart: Chart): string[] {
  return files.tree.paths.filter((path) => isWithin(path, chart.folder))
}

/** Whether a value stands in one of these files: a chart may also have made it up while it was rendered. */
export function writtenIn(files: YamlFiles, paths: readonly string[]): (value: string) => boolean {
  let text: string | undefined
  return (value) => {
    text ??= paths
      .map((path) => files.decoded(path))
      .map((decoded) => (decoded?.ok ? decoded.text : ''))
      .join('\n')
    return text.includes(value)
  }
}
