const UNITS: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }

export const SIZE = /^(\d{1,12})(B|KiB|MiB|GiB)$/

/** Reads `64MiB`, `512KiB`, `1GiB` or `1000B` into bytes; `undefined` where the text is no size. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = SIZE.exec(text) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const bytes = Number(digits) * (UNITS[unit] as number)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
