import pMap from 'p-map'
import { type Answer, type Answers, type Question, questionKey } from '../../signal/signal.ts'
import { parseReference } from '../reference.ts'
import type { Registry } from './registry.ts'

const AT_ONCE = 4

/** Answers what gates ask about images; other questions are left to others. */
export async function answerImages(questions: readonly Question[], registry: Registry): Promise<Answers> {
  const images = new Map(questions.filter(isImage).map((question) => [questionKey(question), question]))
  const answers = await pMap(
    images,
    async ([key, question]): Promise<[string, Answer]> => [key, await answerOf(question, registry)],
    { concurrency: AT_ONCE },
  )
  return new Map(answers)
}

type ImageQuestion = Extract<Question, { ask: 'image' }>

function isImage(question: Question): question is ImageQuestion {
  return question.ask === 'image'
}

async function answerOf({ need, image, tag, digest }: ImageQuestion, registry: Registry): Promise<Answer> {
  if (need === 'signed') return { is: 'unknown', reason: 'signatures cannot be verified yet' }
  const name = parseReference(image)
  if (!name.ok) return { is: 'unknown', reason: name.problem.message }
  const existence = await registry.head({
    ...name.reference,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  })
  return existence.is === 'yes' ? { is: 'yes' } : existence
}
