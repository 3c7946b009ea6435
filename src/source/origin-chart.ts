import type { FieldPlace } from '../kubernetes/resource.ts'
import { nameOf } from '../repository/path.ts'
import type { PathStep } from '../yaml/locate.ts'
import { locateIn } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import { join } from './kustomization.ts'
import type { Origin } from './origin.ts'
import { findInTemplate, type TemplateMatch } from './template-outline.ts'
import { sameValue, valueAt } from './value.ts'

/**
 * Traces a resource that Helm rendered: to the values key when the template's line (or the `with` or `toYaml` around
 * it) takes the value from there unchanged, else to the line of the template. Helm itself names only the template.
 *
 * @param template as in Helm's `# Source:` line: the chart's name, then the path within the chart.
 * @param valuesFiles what was given besides the chart's own values.yaml; later ones win.
 */
export function traceChart(
  files: YamlFiles,
  chart: string,
  valuesFiles: readonly string[],
  template: string,
  value: Readonly<Record<string, unknown>>,
): Origin {
  const file = join(chart, template.slice(template.indexOf('/') + 1))
  return (path, at) => {
    const text = files.decoded(file)
    if (!text?.ok) return { file: join(chart, 'Chart.yaml'), line: 1, column: 1, note: `rendered by ${template}` }
    const yaml = isPlainYaml(file) ? files.keep(file) : undefined
    if (yaml) return placeInCrd(file, yaml, path, at)
    const match = findInTemplate(text.text, String(value.kind), path)
    const lines = text.text.split(/\r\n|\r|\n/)
    const values = match && at === 'value' && placeInValues(files, chart, valuesFiles, file, lines, match, path, value)
    if (values) return values
    if (match?.rest.length === 0) return { file, ...((at === 'value' && match.value) || match.position) }
    const note = 'the place is a guess: the template does not write it as it stands'
    return { file, ...(match?.position ?? { line: 1, column: 1 }), note }
  }
}

/** `crds/` holds YAML that Helm does not template. */
function isPlainYaml(file: string): boolean {
  return /(?:^|\/)crds\//.test(file)
}

function placeInCrd(
  file: string,
  yaml: NonNullable<ReturnType<YamlFiles['keep']>>,
  path: readonly PathStep[],
  at: 'value' | 'key',
): FieldPlace {
  const document = yaml.documents.find((each) => !each.empty)
  const found = document && locateIn(yaml, document, path.length === 0 ? ['kind'] : path)
  if (!found) return { file, line: 1, column: 1 }
  const span = at === 'key' ? (found.key ?? found.value) : found.value
  return { file, ...yaml.positions.at(span.start) }
}

function placeInValues(
  files: YamlFiles,
  chart: string,
  valuesFiles: readonly string[],
  template: string,
  lines: readonly string[],
  match: TemplateMatch,
  path: readonly PathStep[],
  value: Readonly<Record<string, unknown>>,
): FieldPlace | undefined {
  const rendered = valueAt(value, path)
  for (const key of valuesKeys(lines, match.position.line)) {
    for (const { file, prefix } of valuesOf(chart, valuesFiles, template)) {
      const yaml = files.keep(file)
      const document = yaml?.documents[0]
      const steps = [...prefix, ...key, ...match.rest]
      if (!yaml || !document || !holds(valueAt(document.value, steps), rendered)) continue
      const found = locateIn(yaml, document, steps)
      if (!found) continue
      const note = `set by ${steps.map(String).join('.')} in ${nameOf(file)}, rendered by ${template}`
      return { file, ...yaml.positions.at(found.value.start), note }
    }
  }
  return undefined
}

/** A template may quote a value or print it among other text. */
function holds(value: unknown, rendered: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (sameValue(value, rendered) || String(value) === String(rendered)) return true
  return (
    typeof rendered === 'string' &&
    typeof value !== 'object' &&
    String(value).length > 2 &&
    rendered.includes(String(value))
  )
}

/** What the line takes from `.Values` (of `repository:tag` the tag first), else what a `with` or `range` shortly above it does. */
function valuesKeys(lines: readonly string[], number: number): string[][] {
  const keys: string[][] = []
  for (let at = number - 1; at >= Math.max(0, number - 4); at--) {
    const line = lines[at] ?? ''
    if (at < number - 1 && !/\{\{-?\s*(?:with|range|if)\b/.test(line)) continue
    for (const match of line.matchAll(/\.Values\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)/g))
      keys.unshift((match[1] as string).split('.'))
  }
  const below = lines[number] ?? ''
  if (/\{\{-?\s*(?:toYaml|tpl|include)\b/.test(below)) {
    for (const match of below.matchAll(/\.Values\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)/g))
      keys.push((match[1] as string).split('.'))
  }
  return keys
}

/** Where a template's values may stand, the strongest first: a subchart's also under its name in its parents' files. */
function valuesOf(
  chart: string,
  valuesFiles: readonly string[],
  template: string,
): { file: string; prefix: string[] }[] {
  const subcharts = [...template.slice(chart.length).matchAll(/(?:^|\/)charts\/([^/]+)/g)].map(
    (match) => match[1] as string,
  )
  const own = join(chart, 'values.yaml')
  const found = [...valuesFiles]
    .reverse()
    .concat(own)
    .map((file) => ({ file, prefix: subcharts }))
  let folder = chart
  for (const [index, name] of subcharts.entries()) {
    folder = join(folder, `charts/${name}`)
    found.push({ file: join(folder, 'values.yaml'), prefix: subcharts.slice(index + 1) })
  }
  return found
}
