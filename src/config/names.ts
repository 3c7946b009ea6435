import { parseReference } from '../image/reference.ts'
import { nearest } from '../report/nearest.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { type Fault, MOST_FAULTS } from './fault.ts'
import { parseHoldTarget } from './hold.ts'
import { isMapping, valueAt } from './raw.ts'
import { isRule, unknownRule } from './rule-name.ts'

/**
 * What is wrong with the keys that are names: of environments, rules, images, holds. Reads the raw value, so that it
 * also speaks when something else in the file is wrong.
 */
export function nameFaults(raw: unknown): Fault[] {
  return [
    ...prototypeFaults(raw, []),
    ...keyFaults(raw, ['environments'], environmentFault),
    ...keyFaults(raw, ['validate', 'rules'], (rule) => (isRule(rule) ? undefined : unknownRule(rule))),
    ...keyFaults(raw, ['images'], imageFault),
    ...keyFaults(raw, ['hold'], holdFault),
    ...unknownEnvironments(raw),
  ]
}

/** js-yaml and the schema survive it, but no name of ours may be one that other programs trip over. */
function prototypeFaults(value: unknown, path: readonly PathStep[]): Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => prototypeFaults(item, [...path, index]))
  if (!isMapping(value)) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key]
    return key === '__proto__'
      ? [{ path: here, at: 'key' as const, message: '"__proto__" cannot be a key.' }]
      : prototypeFaults(item, here)
  })
}

function keyFaults(raw: unknown, path: readonly PathStep[], faultOf: (key: string) => string | undefined): Fault[] {
  const mapping = valueAt(raw, path)
  if (!isMapping(mapping)) return []
  const faults: Fault[] = []
  for (const key of Object.keys(mapping)) {
    const message = key === '__proto__' ? undefined : faultOf(key)
    if (message !== undefined) faults.push({ path: [...path, key], at: 'key', message })
    if (faults.length >= MOST_FAULTS) break
  }
  return faults
}

/** An environment's name becomes a folder, a part of a branch and of `APP@ENVIRONMENT`. */
function environmentFault(name: string): string | undefined {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u.test(name) && name.length <= 100) return undefined
  return `${JSON.stringify(name)} cannot name an environment: use letters, digits, ".", "_" and "-".`
}

function imageFault(key: string): string | undefined {
  if (key === '*') return undefined
  const name = key.endsWith('/*') ? `${key.slice(0, -1)}x` : key
  const parsed = parseReference(name)
  if (parsed.ok && parsed.reference.tag === undefined && parsed.reference.digest === undefined) return undefined
  return `${JSON.stringify(key)} names no image: write its repository without a tag, such as ghcr.io/acme/web, ghcr.io/acme/* or '*'.`
}

function holdFault(key: string): string | undefined {
  const target = parseHoldTarget(key)
  return target.ok ? undefined : `${JSON.stringify(key)} ${target.problem}.`
}

/** A hold for a misspelt environment would hold nothing. */
function unknownEnvironments(raw: unknown): Fault[] {
  const environments = valueAt(raw, ['environments'])
  if (!isMapping(environments)) return []
  const names = Object.keys(environments)
  const known = new Set(names)
  const strange = mentionsOf(raw).filter(({ name }) => !known.has(name))
  return strange.slice(0, MOST_FAULTS).map(({ name, path, at }) => {
    const close = nearest(name, names)
    const hint = close ? `did you mean ${close}?` : `there are ${shortList(names)}.`
    return { path, at, message: `${toFieldPath(path)}: there is no environment ${JSON.stringify(name)}; ${hint}` }
  })
}

function shortList(names: readonly string[]): string {
  return names.length > 10 ? `${names.slice(0, 10).join(', ')}, …` : names.join(', ')
}

function mentionsOf(raw: unknown): { name: string; path: PathStep[]; at: Fault['at'] }[] {
  const keysOf = (path: PathStep[]) => {
    const mapping = valueAt(raw, path)
    return isMapping(mapping)
      ? Object.keys(mapping).map((key) => ({ key, path: [...path, key], at: 'key' as const }))
      : []
  }
  const holds = keysOf(['hold']).flatMap(({ key, path, at }) => {
    const target = parseHoldTarget(key)
    return target.ok && target.value.environment !== '*' ? [{ name: target.value.environment, path, at }] : []
  })
  const clusters = keysOf(['verify', 'clusters']).map(({ key, path, at }) => ({ name: key, path, at }))
  const applications = valueAt(raw, ['verify', 'applications'])
  const verified = (Array.isArray(applications) ? applications : []).flatMap((application: unknown, index) => {
    const name = valueAt(application, ['environment'])
    const path: PathStep[] = ['verify', 'applications', index, 'environment']
    return typeof name === 'string' && name !== '' ? [{ name, path, at: 'value' as const }] : []
  })
  return [...holds, ...clusters, ...verified]
}
