import { pathAt } from '../yaml/path-at.ts'
import type { Problem } from '../yaml/problem.ts'
import type { YamlDocument, YamlText } from '../yaml/read.ts'
import { replaceAt } from './raw.ts'

/** Something wrong with the file, at an offset of its text. */
export interface FileFault {
  offset: number
  message: string
}

/** Looking up what each of them belongs to reads the document, so there is an end to it. */
const MOST_AMBIGUOUS = 200

/**
 * What is wrong with the YAML as such. Nothing here is read by a cluster, so words such as `off` and `no` are put back
 * into the document as the text that they look like; other scalars that YAML's versions read differently are faults.
 */
export function yamlFaults(yaml: YamlText, document: YamlDocument): FileFault[] {
  let ambiguous = 0
  return document.problems.flatMap((problem) => {
    if (problem.severity === 'warning') return []
    if (problem.rule === 'yaml/ambiguous-scalar' && ++ambiguous > MOST_AMBIGUOUS) return []
    const message = messageOf(problem, yaml, document)
    return message === undefined ? [] : [{ offset: problem.offset, message }]
  })
}

function messageOf(problem: Problem, yaml: YamlText, document: YamlDocument): string | undefined {
  const { rule, offset, other, message } = problem
  if (rule === 'yaml/ambiguous-scalar') return settleAmbiguous(offset, yaml, document)
  if (rule === 'yaml/duplicate-key' && other !== undefined && !yaml.text.startsWith('<<', offset)) {
    return `This key is given twice; it already stands on line ${yaml.positions.at(other).line}. Keep one.`
  }
  if (!problem.manifestOnly) return message
  return yaml.text[offset] === '!' ? 'Custom YAML tags mean nothing here; remove it.' : undefined
}

function settleAmbiguous(offset: number, yaml: YamlText, document: YamlDocument): string | undefined {
  const [written = ''] = /^[\w.+-]+/.exec(yaml.text.slice(offset, offset + 100)) ?? []
  const place = pathAt(yaml.text, yaml.events, document.start, offset)
  if (place?.at === 'value' && /^[a-z]+$/i.test(written)) {
    replaceAt(document.value, place.path, written)
    return undefined
  }
  return `"${written}" means different things in YAML 1.1 and 1.2; put it in quotes.`
}
