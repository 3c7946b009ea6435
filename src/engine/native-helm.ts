import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HelmDocument, HelmRequest, RenderResult } from './engines.ts'
import type { NativeSession } from './native-session.ts'
import { isInside, outside } from './native-workplace.ts'

/** Renders a chart as the embedded Helm does. Rejects with a `Refusal` where helm is missing. */
export async function renderTemplate(
  request: HelmRequest,
  session: NativeSession,
): Promise<RenderResult<HelmDocument>> {
  const { chart, values, valuesFiles } = request
  const { place, files } = session
  const title = `helm template ${chart}`
  if (![chart, ...valuesFiles].every(isInside)) return outside(title)
  const helm = await session.use('helm')
  const incomplete = await session.completeChart(chart)
  if (incomplete) return incomplete
  let inline: string | undefined
  if (values && Object.keys(values).length > 0) {
    inline = place.fresh('values.json')
    writeFileSync(inline, JSON.stringify(values), { mode: 0o600 })
  }
  const args = templateArguments(request, (path) => join(place.tree, path), inline)
  const printed = await session.run(title, helm, args)
  if (!printed.ok) return printed
  const content = (path: string) => {
    const bytes = files.get(join(chart, path))
    return bytes && new TextDecoder().decode(bytes)
  }
  return { ok: true, resources: splitDocuments(printed.text, content), warnings: printed.warnings }
}

/**
 * The arguments of `helm template`. What comes from the repository follows `=` or stands behind `--`, and paths are
 * absolute, so that none of it can be taken for an option.
 *
 * @param place makes a repository path absolute.
 * @param inlineValues the file that holds `values`, if there are any.
 */
export function templateArguments(
  request: HelmRequest,
  place: (path: string) => string,
  inlineValues: string | undefined,
): string[] {
  const { release, namespace, kubeVersion, apiVersions, includeCrds } = request
  const values = [...request.valuesFiles.map(place), ...(inlineValues === undefined ? [] : [inlineValues])]
  return [
    'template',
    `--namespace=${namespace}`,
    ...(kubeVersion === '' ? [] : [`--kube-version=${kubeVersion}`]),
    ...apiVersions.map((version) => `--api-versions=${asRecord(version)}`),
    ...values.map((file) => `--values=${asRecord(file)}`),
    ...(includeCrds ? ['--include-crds'] : []),
    '--',
    release,
    place(request.chart),
  ]
}

/** Helm reads these flags as lines of comma-separated values. */
function asRecord(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

const SOURCE = /^---\n# Source: (.*)\n/gm

/**
 * The documents of `helm template`'s output. Only a file of `crds/` is printed as it stands and could hold such a line
 * itself, so its extent is taken from its content.
 *
 * @param content the text of a file of the chart, by its path after the chart's name.
 */
export function splitDocuments(output: string, content: (path: string) => string | undefined): HelmDocument[] {
  const starts: { at: number; template: string }[] = []
  let inside = 0
  for (const match of output.matchAll(SOURCE)) {
    if (match.index < inside) continue
    const template = match[1] as string
    starts.push({ at: match.index, template })
    const definition = /\/crds\//.test(template) ? content(template.slice(template.indexOf('/') + 1)) : undefined
    const body = match.index + match[0].length
    if (definition !== undefined && output.startsWith(definition, body)) inside = body + definition.length
  }
  return starts.map(({ at, template }, index) => ({ template, text: output.slice(at, starts[index + 1]?.at) }))
}
