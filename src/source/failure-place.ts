import type { Place } from '../report/finding.ts'
import { locateIn } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import type { Scan } from './graph.ts'
import { join, type Kustomization, placeOf } from './kustomization.ts'

/**
 * Where kustomize's own error belongs: at the entry of a kustomization that its message names (the longest such
 * text, which is the most telling), else at the kustomization that was built.
 */
export function placeOfKustomizeError(scan: Scan, message: string): Place {
  let best: { kustomization: Kustomization; path: readonly (string | number)[]; length: number } | undefined
  for (const kustomization of scan.kustomizations) {
    for (const link of kustomization.links) {
      const text = link.text.replace(/^\.\//, '')
      if (text.length > (best?.length ?? 0) && !text.includes('\n') && mentions(message, text)) {
        best = { kustomization, path: link.path, length: text.length }
      }
    }
  }
  return best ? placeOf(best.kustomization, best.path) : placeOf(scan.root, [])
}

/** As a whole word: `app.yaml` is not meant where the message says `my-app.yaml`. */
function mentions(message: string, text: string): boolean {
  const at = message.indexOf(text)
  return at >= 0 && !/[\w.-]/.test(message[at - 1] ?? ' ') && !/[\w-]/.test(message[at + text.length] ?? ' ')
}

/** Where Helm's error belongs: the template's line it names, values.yaml for a values schema, else Chart.yaml. */
export function placeOfHelmError(files: YamlFiles, chart: string, message: string): Place {
  const named = /([\w.-]+\/(?:[\w.-]+\/)*[\w.-]+\.(?:ya?ml|tpl|txt|json)):(\d+)(?::(\d+))?/g
  for (const match of [...message.matchAll(named)].reverse()) {
    const file = join(chart, (match[1] as string).slice((match[1] as string).indexOf('/') + 1))
    if (files.tree.has(file)) return { file, line: Number(match[2]), column: Number(match[3] ?? 0) + 1 }
  }
  if (/schema/.test(message)) return placeInValues(files, chart, message)
  return placeOfYamlError(files, chart, message) ?? { file: join(chart, 'Chart.yaml'), line: 1, column: 1 }
}

/**
 * The file that is no YAML: one of the chart's own, whose line the message tells, or a template. A template's line is
 * told of what it renders, which is no line of the file.
 */
function placeOfYamlError(files: YamlFiles, chart: string, message: string): Place | undefined {
  const own = /cannot load ([\w.-]+\.yaml): /.exec(message)?.[1]
  const template = /YAML parse error on [^/\s]+\/(\S+?): /.exec(message)?.[1]
  const file = join(chart, own ?? template ?? '')
  if (!files.tree.has(file)) return undefined
  const line = own === undefined ? undefined : /yaml: line (\d+):/.exec(message)?.[1]
  return { file, line: Number(line ?? 1), column: 1 }
}

/** A message of values.schema.json names the path of the value as `- a.b: …` or `at '/a/b': …`. */
function placeInValues(files: YamlFiles, chart: string, message: string): Place {
  const file = join(chart, 'values.yaml')
  const yaml = files.keep(file)
  const document = yaml?.documents[0]
  const named = /^- (?:at '\/([^']*)'|([\w.-]+):)/m.exec(message)
  const path = (named?.[1]?.split('/') ?? named?.[2]?.split('.') ?? []).filter((step) => step !== '(root)')
  for (let length = path.length; yaml && document && length > 0; length--) {
    const found = locateIn(yaml, document, path.slice(0, length))
    if (found) return { file, ...yaml.positions.at(found.value.start) }
  }
  return { file: files.tree.has(file) ? file : join(chart, 'Chart.yaml'), line: 1, column: 1 }
}

/** A tool's message as one line, without the long quotations of files that may hold secrets. */
export function toolMessage(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim()
  const short = line.replace(/(["'`])(?:(?!\1).){80,}\1/g, '$1…$1')
  return short.length > 600 ? `${short.slice(0, 599)}…` : short
}
