import type { Environment } from '../config/environment.ts'
import type { HoldReason } from '../config/hold.ts'
import type { Config } from '../config/schema.ts'
import type { Answers, Question } from '../signal/signal.ts'
import { freezeGate, windowGate } from './calendar-gates.ts'
import type { Candidate } from './candidate.ts'
import type { History } from './history.ts'
import { imageGates } from './image-gates.ts'
import { sourceGates } from './source-gates.ts'

/** One condition of a promotion. */
export interface Gate {
  gate: 'hold' | 'freeze' | 'window' | 'soak' | 'checks' | 'health' | 'image'
  state: 'passed' | 'waiting' | 'held' | 'blocked'
  /** A clause about what it waits for or has seen, without a full stop. */
  reason: string
  /** When it opens by itself (milliseconds). */
  opens?: number
  /** What must be asked to know. */
  question?: Question
}

/** What gates are judged by. */
export interface GateWorld {
  config: Config
  environment: Environment
  history: History
  answers: Answers
  /** Milliseconds. */
  now: number
}

/** Every gate of a promotion, in the order in which they are told. */
export function gatesOf(candidate: Candidate, holds: readonly HoldReason[], world: GateWorld): Gate[] {
  return [
    ...holdGates(candidate, holds, world),
    ...freezeGate(world),
    ...windowGate(world),
    ...sourceGates(candidate, world),
    ...imageGates(candidate, world),
  ]
}

function holdGates({ app, to }: Candidate, comments: readonly HoldReason[], { config, now }: GateWorld): Gate[] {
  const named = config.hold.filter((hold) => covers(hold.app, app) && covers(hold.environment, to))
  return [...named, ...comments]
    .filter((hold) => isHeld(hold, now))
    .map((hold) => ({
      gate: 'hold',
      state: 'held',
      reason: hold.reason,
      ...(hold.until !== undefined && { opens: hold.until }),
    }))
}

export function isHeld({ until }: HoldReason, now: number): boolean {
  return until === undefined || now < until
}

function covers(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name
}
