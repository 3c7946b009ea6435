import { type GraphqlRequest, runGraphql } from '../graphql/execute.ts'
import { mergeWhatWaited } from '../model/auto-merge.ts'
import { Problem } from '../problem.ts'
import type { Identified } from './identify.ts'
import { jsonReply, problemBody, type Reply } from './reply.ts'
import type { Server } from './server.ts'

type GraphqlCall = Extract<Identified, { channel: 'graphql' }>

const MEMBERS = ['operationName', 'query', 'variables']

/** Answers one call; what GitHub's schema does not have is noted as a violation. */
export async function answerGraphql(server: Server, request: GraphqlCall): Promise<Reply> {
  const { token } = request
  if (!token || token === 'unknown') {
    return jsonReply(
      401,
      problemBody(new Problem(401, token ? 'Bad credentials' : 'This endpoint requires you to be authenticated.')),
    )
  }
  const mistakes = shapeMistakes(request)
  if (mistakes.length > 0) {
    server.violation(request, mistakes)
    return jsonReply(400, problemBody(new Problem(400, 'Problems parsing JSON')))
  }
  const context = { world: server.world, token }
  const mutates = request.operation.startsWith('mutation')
  if (mutates && server.world.settings.archived) {
    const message = 'Repository was archived so is read-only.'
    return jsonReply(200, { data: null, errors: [{ type: 'FORBIDDEN', message }] })
  }
  const answer = await runGraphql(context, request.body as GraphqlRequest, () => server.rateLimitNode(token))
  server.violation(request, answer.violations)
  if (mutates) await mergeWhatWaited(server.world, token)
  return jsonReply(200, answer.body)
}

function shapeMistakes({ method, body }: GraphqlCall): string[] {
  if (method !== 'POST') return ['GraphQL takes POST']
  if (typeof body !== 'object' || body === null || typeof (body as { query?: unknown }).query !== 'string') {
    return ['the body is no JSON object with a query']
  }
  const unknown = Object.keys(body).filter((key) => !MEMBERS.includes(key))
  return unknown.map((key) => `body must not have ${key}`)
}
