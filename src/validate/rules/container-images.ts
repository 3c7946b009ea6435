import { isRecord } from '../../kubernetes/resource.ts'
import type { PathStep } from '../../yaml/locate.ts'

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers']

/** Every container image below a value: pod specs stand at different depths, also within custom resources. */
export function eachImage(
  value: unknown,
  visit: (image: string, path: PathStep[]) => void,
  path: PathStep[] = [],
): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (typeof item === 'object') eachImage(item, visit, [...path, index])
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
    } else eachImage(child, visit, [...path, key])
  }
}
