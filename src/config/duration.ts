const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration such as `500ms 5s 15m 2h 1d` in milliseconds, or `undefined` when it is none. Units may be combined. */
export function parseDuration(written: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(written)) return undefined
  let sum = 0
  for (const [, amount, unit] of written.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(amount) * (UNITS[unit as string] as number)
  }
  return sum
}

const BYTES: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

/** A size such as `64MiB` in bytes, or `undefined` when it is none. */
export function parseSize(written: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KiB|MiB|GiB)$/.exec(written)
  return match ? Math.floor(Number(match[1]) * (BYTES[match[2] as string] as number)) : undefined
}
