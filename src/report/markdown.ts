import { visible } from './neutralise.ts'

const SPECIAL = /[\\`*_{}[\]()<>#+!|~&-]/g

/**
 * Untrusted text within a line or cell of GitHub's Markdown: no markup, HTML, link or image survives, and nothing that
 * mentions a person, a team, an issue or a commit (a zero-width joiner would be invisible; an entity is not).
 */
export function markdown(text: string): string {
  return visible(text)
    .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('@', '&#64;')
    .replace(/\b(?=[0-9a-f]{7,40}\b)([0-9a-f])/gi, (first) => `&#${first.charCodeAt(0)};`)
    .replace(/\b(GH)&#45;(?=\d)/gi, '$1&#45;&#8203;')
    .replace(/:\/\//g, '&#58;//')
}
