import { isMoving, nameOf, parseReference } from '../../image/reference.ts'
import type { Resource } from '../../kubernetes/resource.ts'
import type { RuleProblem } from '../problem.ts'
import { eachImage } from './container-images.ts'

/** `image/mutable-tag`: what a tag such as `latest` names today it may not name tomorrow, so Git does not say what runs. */
export function mutableTag(resource: Resource): RuleProblem[] {
  const problems: RuleProblem[] = []
  eachImage(resource.value, (image, path) => {
    const reference = parseReference(image)
    if (!reference.ok || !isMoving(reference.reference)) return
    const tag = reference.reference.tag
    const name = nameOf(reference.reference)
    const message = tag
      ? `The tag ${tag} of ${name} moves: the same manifest may run different images.`
      : `${name} has no tag, so whatever is latest runs.`
    problems.push({ rule: 'image/mutable-tag', path, at: 'value', message, help: 'Name a version, or pin a digest.' })
  })
  return problems
}
