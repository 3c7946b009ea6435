import type { RuleId } from '../report/finding.ts'

/** A file's text, or why it has none. A byte order mark is not part of the text; `bom` remembers it for edits. */
export type Decoded = { ok: true; text: string; bom: boolean } | { ok: false; problem: EncodingProblem }

/** What keeps bytes from being YAML text; `offset` counts characters of the readable text before it. */
export interface EncodingProblem {
  rule: RuleId
  message: string
  before: string
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * What YAML forbids in a stream (YAML 1.2 §5.1, go-yaml's reader): C0 but tab, LF and CR; DEL; C1 but NEL.
 * A UTF-16 file without byte order mark shows here too, by its NULs.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/

/** Decodes a file as the cluster's tools do, except that what only some of them can read is a problem with a place. */
export function decode(bytes: Uint8Array): Decoded {
  const wide = utf16Name(bytes)
  if (wide) return problem('', `This file is ${wide}; save it as UTF-8, as Git, kustomize and Helm expect.`)
  const text = decodeUtf8(bytes)
  if (text === undefined) {
    return problem(validPrefix(bytes), 'This is not valid UTF-8 from here on; save the file as UTF-8.')
  }
  const bom = text.charCodeAt(0) === 0xfeff
  const body = bom ? text.slice(1) : text
  const at = body.search(FORBIDDEN)
  if (at < 0) return { ok: true, text: body, bom }
  const code = body.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  return problem(body.slice(0, at), `The control character U+${code} is not allowed in YAML; remove it.`)
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function utf16Name(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian)'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)'
  return undefined
}

/** The text before the first byte that is not UTF-8, found by halving: decoding is fast, and this is rare. */
function validPrefix(bytes: Uint8Array): string {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return lossy
    .decode(bytes.subarray(0, good))
    .replace(/^\ufeff/, '')
    .replace(/\ufffd$/, '')
}

/** With `stream`, an unfinished sequence at the end is not an error. */
function isPrefixOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function problem(before: string, message: string): Decoded {
  return { ok: false, problem: { rule: 'yaml/encoding', message, before } }
}
