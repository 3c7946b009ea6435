import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerImages } from '../image/registry/answers.ts'
import { readCredentials } from '../image/registry/credentials.ts'
import { createHttp } from '../image/registry/http.ts'
import { createRegistry } from '../image/registry/registry.ts'
import type { Answers, Question } from '../signal/signal.ts'
import type { World } from './world.ts'

/** Asks registries, with the logins that `docker login` left. Opens no socket where nothing is asked. */
export async function answerImageQuestions(questions: readonly Question[], world: World): Promise<Answers> {
  if (questions.length === 0) return new Map()
  const { sleep, now, sink } = world
  const { credentials, notes } = readCredentials(await readDockerConfig(world.environment))
  for (const note of notes) sink.note(note)
  return answerImages(questions, createRegistry({ http: createHttp(), credentials, sleep, note: sink.note, now }))
}

async function readDockerConfig({ DOCKER_CONFIG, HOME }: World['environment']): Promise<string> {
  const folder = DOCKER_CONFIG || (HOME && join(HOME, '.docker'))
  if (!folder) return '{}'
  try {
    return await readFile(join(folder, 'config.json'), 'utf8')
  } catch {
    return '{}'
  }
}
