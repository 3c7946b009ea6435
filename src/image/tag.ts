/** A tag as the OCI distribution specification has it: at most 128 characters, none of which YAML or a shell minds. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/** `algorithm:hex` as the OCI image specification has it; the registered algorithms fix the length. */
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-f0-9]{32,}$/
const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

export function isTag(text: string): boolean {
  return TAG.test(text)
}

export function isDigest(text: string): boolean {
  if (!DIGEST.test(text)) return false
  const [algorithm = '', hex = ''] = text.split(':')
  return (HEX_LENGTH[algorithm] ?? hex.length) === hex.length
}

/**
 * Whether what the tag names may change from one day to the next: none, `latest`, or one without any digit. What is no tag
 * names nothing.
 */
export function isMovingTag(tag: string | undefined): boolean {
  return tag === undefined || (isTag(tag) && !/[0-9]/.test(tag))
}
