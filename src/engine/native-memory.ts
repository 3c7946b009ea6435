import { readFileSync } from 'node:fs'

const MOST_DESCENDANTS = 100

/**
 * Bytes of memory that a process and what it started hold now, as Linux tells in `/proc`; 0 where there is no such
 * thing or no such process (any more).
 */
export function residentMemory(pid: number): number {
  let total = 0
  const pending = [pid]
  for (let seen = 0; pending.length > 0 && seen < MOST_DESCENDANTS; seen++) {
    const next = pending.shift() as number
    total += Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${next}/status`))?.[1] ?? 0) * 1024
    pending.push(...read(`/proc/${next}/task/${next}/children`).split(' ').filter(Boolean).map(Number))
  }
  return total
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
