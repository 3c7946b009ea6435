import type { Place } from '../report/finding.ts'
import { locateIn } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import type { Scan } from './graph.ts'
import { join, type Kustomization, placeOf } from './kustomization.ts'
import { fieldOf, listOf } from './kustomization-entries.ts'
import { faultInTemplate } from './template-fault.ts'

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
  return best
    ? placeOf(best.kustomization, best.path)
    : (placeOfNamed(scan, message.slice(0, TOLD)) ?? placeOf(scan.root, []))
}

/** What a message names, it names at its beginning; the rest may be as long as the file it quotes. */
const TOLD = 4096

/** The generator, or the patch in place, for the object that the message names by an id of kustomize's. */
function placeOfNamed(scan: Scan, message: string): Place | undefined {
  const generated = /Kind:"(ConfigMap|Secret)".*?Name:"([^"]+)"/.exec(message)
  const patched = /"\w+\.\w+\.[^/"\s]+\/([^"\s]+?)\.(?:\[noNs\]|[a-z0-9-]+)"/.exec(message)?.[1]
  for (const kustomization of scan.kustomizations) {
    const { fields } = kustomization
    if (generated) {
      const field = generated[1] === 'Secret' ? 'secretGenerator' : 'configMapGenerator'
      const index = listOf(fields[field]).findIndex((each) => fieldOf(each, 'name') === generated[2])
      if (index >= 0) return placeOf(kustomization, [field, index, 'name'])
    }
    if (patched === undefined) continue
    const index = listOf(fields.patches).findIndex((each) => namesObject(fieldOf(each, 'patch'), patched))
    if (index >= 0) return placeOf(kustomization, ['patches', index, 'patch'])
  }
  return undefined
}

/** Whether a patch that is written in place is for an object of this name. */
function namesObject(patch: unknown, name: string): boolean {
  if (typeof patch !== 'string') return false
  return new RegExp(`\\bname["']?:\\s*["']?${name.replace(/[^\w-]/g, '\\$&')}["']?\\s*(?:[,}#]|$)`, 'm').test(patch)
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

/** The file that is no YAML: one of the chart's own, whose line the message tells, or a template. */
function placeOfYamlError(files: YamlFiles, chart: string, message: string): Place | undefined {
  const own = /cannot load ([\w.-]+\.yaml): /.exec(message)?.[1]
  const template = /YAML parse error on [^/\s]+\/(\S+?): /.exec(message)?.[1]
  const file = join(chart, own ?? template ?? '')
  if (!files.tree.has(file)) return undefined
  const told = /yaml: line (\d+):/.exec(message)?.[1]
  const line = told === undefined ? undefined : Number(told)
  if (own !== undefined) return { file, line: line ?? 1, column: 1 }
  const text = files.decoded(file)
  return { file, ...(text?.ok ? faultInTemplate(text.text, line, files.limits) : { line: 1, column: 1 }) }
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
  // An address of Go's memory means nothing to anybody, and is another in the next run.
  const line = message
    .replace(/\b0x[0-9a-f]{5,}\b/g, '0x…')
    .replace(/\s+/g, ' ')
    .trim()
  const short = line.replace(/(["'`])(?:(?!\1).){80,}\1/g, '$1…$1')
  return short.length > 600 ? `${short.slice(0, 599)}…` : short
}
