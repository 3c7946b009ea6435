import { isMoving, parseReference } from '../../image/reference.ts'
import { isRecord, type Resource } from '../../kubernetes/resource.ts'
import type { PathStep } from '../../yaml/locate.ts'
import type { RuleProblem } from '../problem.ts'

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers']

/** `image/mutable-tag`: what a tag such as `latest` names today it may not name tomorrow, so Git does not say what runs. */
export function mutableTag(resource: Resource): RuleProblem[] {
  const problems: RuleProblem[] = []
  eachImage(resource.value, [], (image, path) => {
    const reference = parseReference(image)
    if (!reference.ok || !isMoving(reference.reference)) return
    const tag = reference.reference.tag
    const message = tag
      ? `The tag ${tag} of ${reference.reference.repository} moves: the same manifest may run different images.`
      : `${reference.reference.repository} has no tag, so whatever is latest runs.`
    problems.push({ rule: 'image/mutable-tag', path, at: 'value', message, help: 'Name a version, or pin a digest.' })
  })
  return problems
}

/** Every container image below a value: pod specs stand at different depths, also within custom resources. */
function eachImage(value: unknown, path: PathStep[], visit: (image: string, path: PathStep[]) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (typeof item === 'object') eachImage(item, [...path, index], visit)
    })
    return
  }
  if (!isRecord(value)) return
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null) continue
    if (CONTAINER_LISTS.includes(key) && Array.isArray(child)) {
      child.forEach((container, index) => {
        if (isRecord(container) && typeof container.image === 'string')
          visit(container.image, [...path, key, index, 'image'])
      })
    } else eachImage(child, [...path, key], visit)
  }
}
