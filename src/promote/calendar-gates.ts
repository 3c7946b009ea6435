import type { Freeze } from '../config/freeze.ts'
import type { Gate, GateWorld } from './gates.ts'
import { instant } from './instant.ts'
import { windowAt } from './window-time.ts'

/** Days without promotion: of the repository, and of the environment. */
export function freezeGate({ config, environment, now }: GateWorld): Gate[] {
  const opens = thawsAt([...config.freeze, ...environment.freeze], now)
  if (opens === undefined) return []
  return [{ gate: 'freeze', state: 'waiting', reason: `frozen until ${instant(opens)}`, opens }]
}

/** Freezes that touch are one. */
function thawsAt(freezes: readonly Freeze[], now: number): number | undefined {
  let until = now
  for (const freeze of [...freezes].sort((a, b) => a.from - b.from)) {
    if (freeze.from <= until && until < freeze.until) until = freeze.until
  }
  return until > now ? until : undefined
}

export function windowGate({ environment, now }: GateWorld): Gate[] {
  if (environment.windows.length === 0) return []
  const states = environment.windows.map((window) => windowAt(window, now))
  const written = environment.windows.map(({ text }) => text).join(', ')
  if (states.some(({ open }) => open)) return [{ gate: 'window', state: 'passed', reason: `within ${written}` }]
  const next = states.flatMap(({ opens }) => opens ?? [])
  if (next.length === 0) return [{ gate: 'window', state: 'waiting', reason: `outside ${written}` }]
  const opens = Math.min(...next)
  return [{ gate: 'window', state: 'waiting', reason: `outside ${written}; opens ${instant(opens)}`, opens }]
}
