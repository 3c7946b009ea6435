import { visible } from './neutralise.ts'

/** What makes markup, HTML, a table cell, a formula or a reference, anywhere in a line. */
const MARKUP = /[\\`*_[\]<>&|~$#"]/g

/** What makes a list, a heading or a rule at the start of a line. */
const LINE_START = /^(?:[-+=]|\d+(?=[.)](?: |$)))/

/** Breaks a word that GitHub looks for in the finished text, where character references are resolved already. */
const BREAK = '&#8203;'

/**
 * Untrusted text within a line or a cell of GitHub's Markdown: no markup, HTML, link, image or emoji comes of it, and no
 * mention of a person, a team, an issue or a commit. Text that is to be copied goes into `code`, which is broken less.
 */
export function markdown(text: string): string {
  return inert(text)
    .replace(LINE_START, (start) => (/\d/.test(start) ? `${start}${BREAK}` : reference(start)))
    .replace(/&#35;(?=\d)/g, `&#35;${BREAK}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${BREAK}`)
    .replace(/\b(?!\d+\b)([0-9a-f])(?=[0-9a-f]{6,39}\b)/gi, `$1${BREAK}`)
    .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`)
}

/** Untrusted text as code within a line or a cell; GitHub looks for no references or emoji in it. */
export function code(text: string): string {
  return `<code>${inert(text)}</code>`
}

/** A link with a text that is Markdown already. */
export function link(text: string, url: string): string {
  return `[${text}](${url})`
}

/** A block of code; its fence is longer than any inside. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\n?$/, '\n')}${fence}`
}

function inert(text: string): string {
  return visible(text)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()
    .replace(MARKUP, reference)
    .replaceAll('@', `@${BREAK}`)
    .replaceAll('://', `${reference(':')}${BREAK}//`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}${BREAK}${reference('.')}`)
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
