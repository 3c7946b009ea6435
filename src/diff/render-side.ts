import pMap from 'p-map'
import type { EngineOptions, Engines } from '../engine/engines.ts'
import { count } from '../report/count.ts'
import type { Place } from '../report/finding.ts'
import type { YamlFiles } from '../source/files.ts'
import type { RenderedSource } from '../source/render.ts'
import { renderInputs } from '../source/render-inputs.ts'
import { openRenderer, type Renderable, type RenderSettings } from './renderer.ts'
import type { Side, Source } from './side.ts'

/** What a source renders to, text by text, or why it does not, in a sentence. */
export type Rendering = { texts: readonly string[] } | { failure: string }

export interface RenderPorts {
  startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines
  processors: number
  /** Told after each source. */
  rendered(what: string): void
}

/** How many faults of one source are told. */
const MOST_TOLD = 3

/**
 * Renders sources of one side, as validation does. Plain manifests are their file's text. Never throws for what a source
 * holds: that is a failure of this source alone.
 */
export async function renderSources(
  { files }: Pick<Side, 'files'>,
  sources: readonly Source[],
  settings: RenderSettings,
  ports: RenderPorts,
): Promise<Map<string, Rendering>> {
  const rendered = new Map<string, Rendering>()
  const left: Renderable[] = []
  for (const source of sources) {
    const known = source.kind === 'manifest' ? readManifest(files, source.file) : refusalOf(source)
    if (known) {
      rendered.set(source.key, known)
      ports.rendered(source.name)
    } else if (source.kind !== 'manifest') left.push(source)
  }
  if (left.length === 0) return rendered
  return new Map([...rendered, ...(await renderWithEngines(files, left, settings, ports))])
}

/** What must not be rendered, as the static scan says. */
function refusalOf(source: Renderable): Rendering | undefined {
  const faults =
    source.kind === 'kustomization'
      ? source.scan.faults
      : source.chart.lacking.map(({ name, place }) => ({ place, message: lackingMessage(name) }))
  return faults.length > 0 ? failureOf(faults) : undefined
}

function lackingMessage(name: string): string {
  return `The chart depends on ${name}, which is not vendored under charts/, so it would be downloaded.`
}

function failureOf(faults: readonly { place: Place; message: string }[]): Rendering {
  const told = faults
    .slice(0, MOST_TOLD)
    .map(({ place: { file, line, column }, message }) => `${file}:${line}:${column} ${message}`)
  const more = faults.length - told.length
  return { failure: [...told, ...(more > 0 ? [`And ${count(more, 'more fault')}.`] : [])].join(' ') }
}

function readManifest(files: YamlFiles, file: string): Rendering {
  const decoded = files.decoded(file)
  if (!decoded) return { failure: `${file} is not read: it is ${files.tree.skipped.get(file) ?? 'not there'}.` }
  return decoded.ok ? { texts: [decoded.text] } : { failure: `${file}: ${decoded.problem.message}` }
}

async function renderWithEngines(
  files: YamlFiles,
  sources: readonly Renderable[],
  settings: RenderSettings,
  { startEngines, processors, rendered }: RenderPorts,
): Promise<[string, Rendering][]> {
  const scans = sources.flatMap((source) => (source.kind === 'kustomization' ? [source.scan] : []))
  const charts = sources.flatMap((source) => (source.kind === 'chart' ? [source.chart] : []))
  const workers = Math.max(1, processors)
  const engines = startEngines(renderInputs(files, scans, charts), { workers, ...settings.config.limits.render })
  const render = openRenderer(files, engines, settings)
  try {
    return await pMap(
      sources,
      async (source) => {
        const rendering = settled(await render(source))
        rendered(source.name)
        return [source.key, rendering]
      },
      { concurrency: workers * 12 },
    )
  } finally {
    await engines.close()
  }
}

function settled(rendered: RenderedSource): Rendering {
  if (rendered.ok) return { texts: rendered.texts.map(({ text }) => text) }
  const { message, ...place } = rendered.fault
  return failureOf([{ place, message }])
}
