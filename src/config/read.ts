import type { Place } from '../report/finding.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import { locateIn, readYaml, type YamlDocument, type YamlText } from '../yaml/read.ts'
import { faultsOf, MOST_FAULTS } from './fault.ts'
import { graphFaults } from './graph.ts'
import { CONFIG_LIMITS } from './limits.ts'
import { nameFaults } from './names.ts'
import { suggestQuotes } from './quoting.ts'
import { valueAt } from './raw.ts'
import { type Config, configuration, DEFAULT_CONFIG } from './schema.ts'
import { type FileFault, yamlFaults } from './yaml-faults.ts'

/** One thing wrong with a configuration file. */
export interface ConfigProblem extends Place {
  /** A sentence. */
  message: string
}

/** Where something of the configuration stands; for what is absent, the nearest thing around it. */
export type Places = (path: readonly PathStep[], at?: 'key' | 'value') => Place

export type ReadConfig = { ok: true; config: Config; places: Places } | { ok: false; problems: ConfigProblem[] }

/**
 * Reads a `.gitops.yaml`. Never throws: what is wrong with it is told, all of it, in the order of the file. A file that
 * is empty, or comments only, is the defaults.
 *
 * @param text decoded, without a byte order mark.
 * @param file names the file in places.
 */
export function readConfig(text: string, file: string, limits: YamlLimits = CONFIG_LIMITS): ReadConfig {
  if (text.length > limits.file) return tooLong(file, limits.file)
  const yaml = readYaml(text, limits)
  const [document, ...more] = yaml.documents.filter((each) => !each.empty)
  const faults: FileFault[] = yaml.problems.map(({ offset, message }) => ({ offset, message }))
  if (more[0]) faults.push({ offset: more[0].offset, message: 'A configuration is one document; this is another.' })
  const judged = document && judge(yaml, document)
  if (judged) faults.push(...judged.faults)
  if (faults.length > 0) return { ok: false, problems: problemsOf(faults, yaml, file) }
  const places: Places = (path, at) => ({ file, ...yaml.positions.at(offsetOf(yaml, document, path, at)) })
  return { ok: true, config: judged?.config ?? DEFAULT_CONFIG, places }
}

function judge(yaml: YamlText, document: YamlDocument): { config?: Config; faults: FileFault[] } {
  const faults = yamlFaults(yaml, document)
  if (document.value === undefined) return { faults }
  const raw = document.value ?? {}
  const result = configuration.safeParse(raw)
  const found = [
    ...(result.success ? [] : faultsOf(result.error.issues, raw)),
    ...nameFaults(raw),
    ...graphFaults(valueAt(raw, ['environments'])),
  ].slice(0, MOST_FAULTS)
  const written = (path: readonly PathStep[]) => {
    const { start, end } = locateIn(yaml, document, path)?.value ?? { start: 0, end: 0 }
    return yaml.text.slice(start, end)
  }
  for (const { path, at, message } of suggestQuotes(found, raw, written)) {
    faults.push({ offset: offsetOf(yaml, document, path, at), message })
  }
  return { config: result.data, faults }
}

/** Where a field starts; what is absent stands at the key of the mapping around it. */
function offsetOf(
  yaml: YamlText,
  document: YamlDocument | undefined,
  path: readonly PathStep[],
  at: 'key' | 'value' = 'value',
): number {
  if (!document) return 0
  const found = locateIn(yaml, document, path)
  if (found) return (at === 'key' ? (found.key ?? found.value) : found.value).start
  return path.length === 0 ? document.offset : offsetOf(yaml, document, path.slice(0, -1), 'key')
}

function problemsOf(faults: readonly FileFault[], yaml: YamlText, file: string): ConfigProblem[] {
  const once = new Map(faults.map((fault) => [`${fault.offset} ${fault.message}`, fault]))
  const sorted = [...once.values()].sort((a, b) => a.offset - b.offset)
  const told = sorted.slice(0, MOST_FAULTS)
  const last = told.at(-1)
  if (last && sorted.length > told.length) told.push({ ...last, message: 'There is more wrong after this.' })
  return told.map(({ offset, message }) => ({ file, ...yaml.positions.at(offset), message }))
}

function tooLong(file: string, most: number): ReadConfig {
  const message = `A configuration has at most ${most} characters.`
  return { ok: false, problems: [{ file, line: 1, column: 1, message }] }
}
