/**
 * A path of the repository as a relative URI: every part percent-encoded, so that no character of a file name is read
 * as a scheme, query or fragment, nor ends a Markdown link.
 */
export function fileUri(path: string): string {
  return path.split('/').map(encodePart).join('/')
}

function encodePart(part: string): string {
  return encodeURIComponent(part.replace(LONE_SURROGATE, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Half a character; a URI cannot hold one. */
const LONE_SURROGATE = /\p{Surrogate}/gu
