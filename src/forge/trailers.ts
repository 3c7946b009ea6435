import { HIDDEN } from '../report/neutralise.ts'

export const ACTION = 'Gitops-Action'

/** Values that say nothing to GitHub, Git or a terminal; `GH-12` would be a link to an issue. */
const PLAIN = /^(?!.*gh-\d)[A-Za-z0-9._/-]+$/i

/** A name as it stands in a commit message: itself, or JSON in which nothing is a link to an issue or to a person. */
export function quoteName(name: string): string {
  if (PLAIN.test(name)) return name
  return JSON.stringify(name)
    .replace(/#(?=\d)|@/g, escapeUnits)
    .replace(/gh-(?=\d)/gi, (found) => `${escapeUnits(found[0] as string)}${found.slice(1)}`)
    .replace(HIDDEN, escapeUnits)
}

function escapeUnits(text: string): string {
  return [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

/** What `quoteName` made of a name; any other text is itself. */
export function unquoteName(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    const name: unknown = JSON.parse(value)
    return typeof name === 'string' ? name : value
  } catch {
    return value
  }
}

/** The last paragraph of a message, its lines `Key: value`, folded lines joined; names are decoded. */
export function parseTrailers(message: string): Map<string, string[]> {
  const paragraphs = message
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split(/\n[ \t]*\n/)
  const trailers = new Map<string, string[]>()
  // The first paragraph is the subject.
  if (paragraphs.length < 2) return trailers
  const unfolded = (paragraphs.at(-1) as string).replace(/\n[ \t]+/g, ' ')
  for (const line of unfolded.split('\n')) {
    const [, key, value = ''] = /^([A-Za-z0-9-]+):[ \t]*(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined) trailers.set(key, [...(trailers.get(key) ?? []), unquoteName(value)])
  }
  return trailers
}
