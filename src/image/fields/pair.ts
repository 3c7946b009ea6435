import type { VersionField } from '../field.ts'

/**
 * A tag and a `?ref=` of the same value in one kustomization come from one build: they become one unit, so that they
 * move together or not at all.
 */
export function pairRefs(fields: readonly VersionField[]): { fields: VersionField[]; movedRefs: Set<VersionField> } {
  const tags = fields.filter((field) => field.place === 'kustomization' && field.kind === 'tag' && field.value !== '')
  const refs = fields.filter((field) => field.place === 'kustomization' && field.kind === 'ref')
  const units = new Map<string, string>()
  for (const ref of refs) {
    for (const tag of tags) if (isPair(ref, tag)) for (const { unit } of [ref, tag]) units.set(unit, pairName(tag))
  }
  const paired = fields.map((field) => ({ ...field, unit: units.get(field.unit) ?? field.unit }))
  const movedRefs = paired.filter((field, at) => field.kind === 'ref' && units.has(fields[at]?.unit ?? ''))
  return { fields: paired, movedRefs: new Set(movedRefs) }
}

function isPair(ref: VersionField, tag: VersionField): boolean {
  return ref.value === tag.value && ref.file === tag.file && ref.document === tag.document
}

function pairName({ file, document, value }: VersionField): string {
  return `${file}#${document}=${value}`
}
