import { formatDuration } from '../report/duration.ts'
import { type Answer, type Question, questionKey } from '../signal/signal.ts'
import type { CandidateMove } from './agreement.ts'
import type { Candidate } from './candidate.ts'
import type { Gate, GateWorld } from './gates.ts'
import type { Standing } from './history.ts'
import { instant } from './instant.ts'

/** What the environments that a version comes from must show: checks, health, and time in them. */
export function sourceGates(candidate: Candidate, world: GateWorld): Gate[] {
  const { checks, health, soak } = world.environment
  const moves = candidate.moves.filter(({ source, value }) => source.value === value)
  // A version that a person named and the source no longer holds can show nothing any more.
  if (moves.length === 0 || (checks.length === 0 && !health && soak === undefined)) return []
  return candidate.from.flatMap((environment, at) => {
    const standing = newestStanding(moves, at, candidate.from.length, world)
    const about = { app: candidate.app, environment, since: standing?.commit ?? '' }
    const asked = checks.map((name) =>
      signalGate('checks', { ask: 'check', name, ...about }, `${name} on ${environment}`, world),
    )
    const healthy = health
      ? [signalGate('health', { ask: 'health', reporter: health, ...about }, `the health of ${environment}`, world)]
      : []
    const soaked = soak === undefined ? [] : [soakGate(soak, environment, standing, healthy[0], world)]
    return [...asked, ...healthy, ...soaked]
  })
}

/** When the last of the versions to promote came into this source: the soak starts anew with each. */
function newestStanding(
  moves: readonly CandidateMove[],
  at: number,
  count: number,
  { history }: GateWorld,
): Standing | undefined {
  const standings = moves.map(({ sources, source }) =>
    history.since(sources.length === count ? (sources[at] ?? source) : source),
  )
  if (standings.length === 0 || standings.includes(undefined)) return undefined
  return standings.reduce((newest, next) => ((next as Standing).order < (newest as Standing).order ? next : newest))
}

function signalGate(gate: 'checks' | 'health', question: Question, what: string, { answers }: GateWorld): Gate {
  const answer: Answer = answers.get(questionKey(question)) ?? { is: 'unknown' }
  const base = { gate, question }
  switch (answer.is) {
    case 'yes':
      return {
        ...base,
        state: 'passed',
        reason: `${what} succeeded`,
        ...(answer.since !== undefined && { opens: answer.since }),
      }
    case 'no':
      return {
        ...base,
        state: 'waiting',
        reason: `waits for ${what}, which failed${answer.reason ? ` (${answer.reason})` : ''}`,
      }
    case 'pending':
      return { ...base, state: 'waiting', reason: `waits for ${what}` }
    case 'unknown':
      return {
        ...base,
        state: 'waiting',
        reason: `waits for ${what}, which cannot be known${answer.reason ? ` (${answer.reason})` : ''}`,
      }
  }
}

/** With health, a version soaks from when it was first healthy. */
function soakGate(
  soak: number,
  environment: string,
  standing: Standing | undefined,
  health: Gate | undefined,
  { now }: GateWorld,
): Gate {
  if (!standing || (health && health.state !== 'passed')) {
    return {
      gate: 'soak',
      state: 'waiting',
      reason: `soaks ${formatDuration(soak)} in ${environment} once ${standing ? 'it is healthy there' : 'its history is known'}`,
    }
  }
  const opens = Math.max(standing.time, health?.opens ?? 0) + soak
  const passed = opens <= now
  const reason = passed
    ? `soaked ${formatDuration(soak)} in ${environment}`
    : `soaks in ${environment} until ${instant(opens)}`
  return { gate: 'soak', state: passed ? 'passed' : 'waiting', reason, opens }
}
