import { recognise } from '../kubernetes/manifest.ts'
import { isRecord, nameOfResource, type Resource } from '../kubernetes/resource.ts'
import type { RenderedText } from '../source/render.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import { pathAt } from '../yaml/path-at.ts'
import { readYaml } from '../yaml/read.ts'
import { discreet } from './discreet.ts'
import type { Ledger } from './ledger.ts'

/**
 * Reads one rendered text, which a renderer printed from files of the repository. What its YAML says ambiguously is
 * reported where it came from.
 */
export async function* readRendered(
  { text, trace, locate }: RenderedText,
  source: string,
  limits: YamlLimits,
  ledger: Ledger,
): AsyncIterable<{ resource: Resource; faulty: boolean }> {
  const yaml = readYaml(text, limits)
  if (yaml.problems.length > 0) await locate?.()
  for (const problem of yaml.problems) {
    ledger.add({ rule: problem.rule, message: rendered(problem.message), source, ...trace({})([], 'key') })
  }
  for (const document of yaml.documents) {
    if (document.empty || document.value === undefined || document.value === null) continue
    const value = isRecord(document.value) ? document.value : {}
    const origin = trace(value)
    const manifest = recognise(document.value, '')
    let faulty = document.value === undefined
    if (document.problems.length > 0) await locate?.()
    for (const each of document.problems) {
      const problem = value.kind === 'Secret' ? discreet(each) : each
      const found = pathAt(yaml.text, yaml.events, document.start, problem.offset)
      const { note: _, ...place } = origin(found?.path ?? [], found?.at ?? 'key')
      const severity = ledger.add({
        rule: problem.rule,
        message: problem.message,
        severity: problem.severity,
        source,
        ...place,
      })
      if (severity === 'error') faulty = true
    }
    if (manifest.is === 'none' || manifest.is === 'faulty') {
      await locate?.()
      const message =
        manifest.is === 'faulty' ? manifest.message : `This renders something that is no resource: ${manifest.reason}.`
      const { note: _, ...place } = origin(manifest.is === 'faulty' ? manifest.path : [], 'key')
      ledger.add({ rule: 'manifest/kind', message, source, ...place })
    }
    if (manifest.is !== 'resources') continue
    for (const item of manifest.items) {
      if (item.fault) {
        await locate?.()
        const { note: _, ...place } = origin(item.path, 'key')
        ledger.add({ rule: 'manifest/kind', message: item.fault, source, ...place })
        continue
      }
      const place = (path: readonly PathStep[], at: 'value' | 'key') => origin([...item.path, ...path], at)
      yield { resource: { ...nameOfResource(item.value), value: item.value, source, locate, place }, faulty }
    }
  }
}

function rendered(message: string): string {
  return `The rendered output is not readable. ${message}`
}
