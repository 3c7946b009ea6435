/** Longer texts are no reference: 255 of name, 128 of tag, a digest, and room for what a template writes. */
const LONGEST = 2048

const TEMPLATE = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)/g

/** Whether something is filled in later: Helm, Argo CD (`{{ }}`), Flux (`${ }`), Kubernetes (`$( )`). */
export function hasTemplate(text: string): boolean {
  return /\{\{|\}\}|\$[{(]/.test(text)
}

/** The text with letters in place of what is filled in later, offsets unchanged, so that its grammar can be read. */
export function maskTemplates(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  return text.replace(TEMPLATE, (template) => 'x'.repeat(template.length))
}
