import type { PathStep } from './locate.ts'

/** A path as a JSON Pointer (RFC 6901). */
export function toPointer(path: readonly PathStep[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The steps of a JSON Pointer; list indices stay text, which `locate` accepts. */
export function fromPointer(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A path as people write it: `spec.containers[0].image`, `metadata.labels["a.b/c"]`. */
export function toFieldPath(path: readonly PathStep[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (/^[A-Za-z_$][\w$-]*$/.test(step)) return index === 0 ? step : `.${step}`
      return `[${JSON.stringify(step)}]`
    })
    .join('')
}
