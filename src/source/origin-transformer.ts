import { parseReference } from '../image/reference.ts'
import { isDigest, isTag } from '../image/tag.ts'
import { isRecord } from '../kubernetes/resource.ts'
import type { PathStep } from '../yaml/locate.ts'
import { isMapping, type Kustomization } from './kustomization.ts'
import type { Sought } from './origin-patch.ts'
import { valueAt } from './value.ts'

/** The field of a kustomization that set a field of a resource: `images`, `replicas`, `namespace`, labels… */
export function transformerField(kustomization: Kustomization, sought: Sought): PathStep[] | undefined {
  const { fields } = kustomization
  const { path, resource } = sought
  const written = valueAt(sought.value, path)
  const last = path.at(-1)
  if (last === 'image' && typeof written === 'string') return imageField(fields, written)
  if (last === 'replicas' && Array.isArray(fields.replicas)) {
    const index = fields.replicas.findIndex((item) => isRecord(item) && resource.name.includes(String(item.name)))
    if (index >= 0) return ['replicas', index, 'count']
  }
  if (last === 'namespace' && fields.namespace !== undefined && fields.namespace === written) return ['namespace']
  if (last === 'name' && path.length === 2) {
    return ['namePrefix', 'nameSuffix'].filter((field) => fields[field] !== undefined).map((field) => [field])[0]
  }
  return labelField(fields, path, written) ?? replacementField(fields)
}

function imageField(fields: Kustomization['fields'], written: string): PathStep[] | undefined {
  const images = fields.images
  if (!Array.isArray(images)) return undefined
  for (const [index, image] of images.entries()) {
    if (!isRecord(image)) continue
    const name = String(image.newName ?? image.name)
    if (written !== name && !written.startsWith(`${name}:`) && !written.startsWith(`${name}@`)) continue
    const given = IMAGE_FIELDS.filter((each) => image[each] !== undefined)
    const field = given.find((each) => !isPossible(each, String(image[each]))) ?? given[0]
    return field ? ['images', index, field] : ['images', index]
  }
  return undefined
}

const IMAGE_FIELDS = ['newTag', 'digest', 'newName'] as const

/** Of several fields that make up an image, the one to change is that which no image can have. */
function isPossible(field: (typeof IMAGE_FIELDS)[number], value: string): boolean {
  if (field === 'newTag') return isTag(value)
  return field === 'digest' ? isDigest(value) : parseReference(value).ok
}

function labelField(
  fields: Kustomization['fields'],
  path: readonly PathStep[],
  written: unknown,
): PathStep[] | undefined {
  const key = path.at(-1) as PathStep
  for (const field of ['commonLabels', 'commonAnnotations']) {
    const set = fields[field]
    if (isMapping(set) && Object.hasOwn(set, key) && set[key] === written) return [field, key]
  }
  if (!Array.isArray(fields.labels)) return undefined
  const index = fields.labels.findIndex((item) => valueAt(item, ['pairs', key]) === written && written !== undefined)
  return index < 0 ? undefined : ['labels', index, 'pairs', key]
}

/** Which of several replacements set a value cannot be told from the outside. */
function replacementField(fields: Kustomization['fields']): PathStep[] | undefined {
  return Array.isArray(fields.replacements) && fields.replacements.length > 0 ? ['replacements'] : undefined
}
