import { parseReference, type ReferenceProblem, splitReference } from '../../image/reference.ts'
import type { Resource } from '../../kubernetes/resource.ts'
import type { RuleProblem } from '../problem.ts'
import { eachImage } from './container-images.ts'

/** What is known of the source that an image stands in. */
export interface ImageSurroundings {
  /** Whether values from elsewhere may complete it, as they do a chart's. */
  isCompletedElsewhere: boolean
  /** Whether a kustomization of the repository puts another name in place of this one. */
  isReplaced(name: string): boolean
}

/**
 * `image/missing`, as far as the reference itself tells: no registry can hold what the grammar of references
 * (github.com/distribution/reference) does not allow, so the node never asks one. A text that a tool fills in before it
 * is applied says nothing.
 */
export function impossibleImage(resource: Resource, surroundings: ImageSurroundings): RuleProblem[] {
  const problems: RuleProblem[] = []
  eachImage(resource.value, (image, path) => {
    const parsed = parseReference(image)
    if (parsed.ok || isFilledInLater(image, surroundings)) return
    if (parsed.problem.part === 'repository' && surroundings.isReplaced(splitReference(image).name)) return
    const message = `No registry can hold the image ${show(image)}: ${reason(parsed.problem)}`
    problems.push({ rule: 'image/missing', path, at: 'value', message })
  })
  return problems
}

/** What templates, scripts and Flux put a value in place of, and what people are asked to. */
const PLACEHOLDER = /\$|`|\{\{|\[\[|<[^<>]*>|%\w+%|%!|__\w+__|@@|##/

/** `IMAGE` by itself, and `PROJECT_ID` in `gcr.io/PROJECT_ID/web`. */
const PLACEHOLDER_NAME = /^[A-Z0-9_-]*[A-Z][A-Z0-9_-]*$|(?:^|\/)[A-Z0-9]+_[A-Z0-9_]+(?=\/|$)/

function isFilledInLater(image: string, { isCompletedElsewhere }: ImageSurroundings): boolean {
  const { name, tag, digest } = splitReference(image)
  if (image === '' || PLACEHOLDER.test(image) || PLACEHOLDER_NAME.test(name)) return true
  const isIncomplete = name === '' || /^\/|\/$/.test(name) || tag === '' || digest === ''
  return isIncomplete && isCompletedElsewhere
}

function reason({ part, message }: ReferenceProblem): string {
  switch (part) {
    case 'tag':
      return 'a tag is letters, digits, "_", "." and "-", begins with none of the last two, and has at most 128 characters.'
    case 'digest':
      return 'a digest is sha256: and 64 hexadecimal digits in lower case.'
    case 'repository':
      return message.replace(/^[A-Z]/, (first) => first.toLowerCase())
  }
}

/** The text comes from a pull request: escaped and short, so that a message stays one line. */
function show(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
}
