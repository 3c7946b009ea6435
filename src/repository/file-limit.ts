/** How the reason begins why a file is not read that is too large. */
export const TOO_LARGE = 'larger than the limit (limits.file)'

/** Why a file of this size is not read; `undefined` where it is. Both in bytes. */
export function overLimit(size: number, limit: number): { skipped: string } | undefined {
  return size > limit ? { skipped: `${TOO_LARGE} of ${limit} bytes` } : undefined
}

/** The bytes, unless they are too many. */
export function withinLimit(bytes: Uint8Array, limit: number): Uint8Array | { skipped: string } {
  return overLimit(bytes.length, limit) ?? bytes
}
