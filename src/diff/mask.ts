import { namesCredential } from '../kubernetes/credential.ts'
import { isRecord } from '../kubernetes/resource.ts'
import { sameValue } from '../source/value.ts'
import { maskOf, maskText, type SideName } from './mask-text.ts'

/** What a Secret may show; all else of it is masked, also a misspelt `data`. */
const PUBLIC_IN_SECRET = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable'])

/** Holds a copy of the whole object. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * A resource without what is secret: the values of Secrets, of fields and variables named like credentials, and of Secrets
 * within texts. That a value differs from the other side's stays visible; what it is does not, nor its length.
 */
export function maskSecrets(
  value: Readonly<Record<string, unknown>>,
  other: unknown,
  side: SideName,
): Record<string, unknown> {
  if (value.kind !== 'Secret' && fieldOf(other, 'kind') !== 'Secret') return maskNamed(value, other, side)
  return mapped(value, (child, key) =>
    PUBLIC_IN_SECRET.has(key)
      ? maskCredentials(child, fieldOf(other, key), side)
      : maskAll(child, fieldOf(other, key), side),
  )
}

function maskCredentials(value: unknown, other: unknown, side: SideName): unknown {
  if (typeof value === 'string') return maskText(value, other, side)
  if (Array.isArray(value))
    return value.map((item, index) => maskCredentials(item, counterpart(item, index, other), side))
  return isRecord(value) ? maskNamed(value, other, side) : value
}

function maskNamed(value: Readonly<Record<string, unknown>>, other: unknown, side: SideName): Record<string, unknown> {
  const isVariable = typeof value.name === 'string' && namesCredential(value.name)
  return mapped(value, (child, key) => {
    const isNamed = (typeof child === 'string' || typeof child === 'number') && namesCredential(key)
    const isSecret = isNamed || key === LAST_APPLIED || (isVariable && key === 'value')
    return (isSecret ? maskAll : maskCredentials)(child, fieldOf(other, key), side)
  })
}

/** Every scalar below a value; keys stay. */
function maskAll(value: unknown, other: unknown, side: SideName): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => maskAll(item, Array.isArray(other) ? other[index] : undefined, side))
  if (isRecord(value)) return mapped(value, (child, key) => maskAll(child, fieldOf(other, key), side))
  return value === null ? null : maskOf(other === undefined || sameValue(value, other), side)
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  to: (child: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, to(child, key)]))
}

/** The item that a list of the other side has in place of this one: of the same name, if it has one. */
function counterpart(item: unknown, index: number, other: unknown): unknown {
  if (!Array.isArray(other)) return undefined
  const name = fieldOf(item, 'name')
  return typeof name === 'string' ? other.find((each) => fieldOf(each, 'name') === name) : other[index]
}

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
