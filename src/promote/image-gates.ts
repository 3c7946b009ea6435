import { imagePolicyFor } from '../config/image-policy.ts'
import { type Answer, type Question, questionKey } from '../signal/signal.ts'
import type { Candidate } from './candidate.ts'
import type { Gate, GateWorld } from './gates.ts'
import type { Move } from './unit.ts'

/** What the registry must have before it is proposed, where `images` asks for it. */
export function imageGates(candidate: Candidate, { config, answers }: GateWorld): Gate[] {
  const units = new Map<string, Move[]>()
  for (const move of candidate.moves) units.set(move.target.unit, [...(units.get(move.target.unit) ?? []), move])
  const gates = [...units.values()].flatMap((moves): Gate[] => {
    const question = questionOf(moves)
    const policy = question && imagePolicyFor(config.images, question.image)
    if (!question || !policy?.verify) return []
    return [gateOf({ ...question, need: policy.verify }, answers)]
  })
  return [...new Map(gates.map((gate) => [JSON.stringify(gate.question), gate])).values()]
}

type ImageQuestion = Extract<Question, { ask: 'image' }>

/** The image as the target will name it: a registry for each environment is its own. */
function questionOf(moves: readonly Move[]): ImageQuestion | undefined {
  const image = moves.find(({ target }) => target.image !== undefined)?.target.image
  if (image === undefined) return undefined
  const written = (kind: string) => moves.find(({ target }) => target.kind === kind)?.value
  const [tag, digest] = [written('tag'), written('digest')]
  return {
    ask: 'image',
    need: 'exists',
    image,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}

function gateOf(question: ImageQuestion, answers: GateWorld['answers']): Gate {
  const answer: Answer = answers.get(questionKey(question)) ?? { is: 'unknown' }
  const name = `${question.image}${question.tag === undefined ? '' : `:${question.tag}`}${question.digest === undefined ? '' : `@${question.digest}`}`
  const what = question.need === 'signed' ? `the registry has a valid signature of ${name}` : `the registry has ${name}`
  if (answer.is === 'yes') return { gate: 'image', state: 'passed', reason: what, question }
  if (answer.is === 'no') {
    const missing = question.need === 'signed' ? 'a valid signature of ' : ''
    return { gate: 'image', state: 'blocked', reason: `the registry does not have ${missing}${name}`, question }
  }
  const why = answer.is === 'unknown' && answer.reason ? ` (${answer.reason})` : ''
  return { gate: 'image', state: 'waiting', reason: `cannot know whether ${what}${why}`, question }
}
