import { checkRequest, checkResponse } from '../check/openapi.ts'
import { mergeWhatWaited } from '../model/auto-merge.ts'
import { mayDo, type Token } from '../model/people.ts'
import { fullName } from '../model/world.ts'
import { notAccessible, notFound, Problem } from '../problem.ts'
import type { Answer, Call } from '../rest/route.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Identified } from './identify.ts'
import { isProblem, jsonReply, problemBody, type Reply, withEtag } from './reply.ts'
import type { Server } from './server.ts'

type RestRequest = Extract<Identified, { channel: 'rest' }>

/** Answers one call; what GitHub does not describe of it, in or out, is noted as a violation. */
export async function answerRest(server: Server, request: RestRequest): Promise<Reply> {
  const { match, method } = request
  if (!match) {
    server.violation(request, ["the path is not described, or not among generators/github's operations"])
    return jsonReply(404, problemBody(notFound()))
  }
  const wrong = checkRequest(match.operation, request.query, request.body)
  server.violation(request, wrong)
  const answer = await attempt(server, request, wrong)
  server.violation(request, checkResponse(match.operation, answer.status, answer.body))
  const reply = jsonReply(answer.status, answer.body, answer.headers)
  return method === 'GET' && answer.status === 200 ? withEtag(reply, request.headers['if-none-match']) : reply
}

async function attempt(server: Server, request: RestRequest, wrong: readonly string[]): Promise<Answer> {
  const accepts = ROUTES[request.operation]?.accepts
  const headers = accepts ? { 'x-accepted-github-permissions': accepts } : undefined
  try {
    const token = admit(server, request)
    // GitHub words this per field; a client of ours fails the test anyway.
    if (wrong.length > 0) throw new Problem(422, `Invalid request.\n\n${wrong.join('\n')}`)
    const answer = await handle(server, request, token)
    return { ...answer, headers: { ...headers, ...answer.headers } }
  } catch (error) {
    if (isProblem(error)) return { status: error.status, body: problemBody(error), headers }
    throw error
  }
}

/** Who calls, unless they may not: bad credentials, another repository, no permission, an archive. */
function admit({ world }: Server, { token, method, path, match, operation }: RestRequest): Token {
  if (token === 'unknown') throw new Problem(401, 'Bad credentials')
  const { owner, repo } = match?.path ?? {}
  const elsewhere = owner !== undefined && `${owner}/${repo}`.toLowerCase() !== fullName(world).toLowerCase()
  if (elsewhere || (!token && world.settings.private && owner !== undefined)) throw notFound()
  if (!token) throw new Problem(401, 'Requires authentication')
  const accepts = ROUTES[operation]?.accepts ?? 'metadata=read'
  const open = !world.settings.private && method === 'GET'
  if (!open && !mayDo(token, accepts)) throw notAccessible()
  if (world.settings.archived && method !== 'GET' && path.startsWith('/repos/')) {
    throw new Problem(403, 'Repository was archived so is read-only.')
  }
  return token
}

async function handle(server: Server, request: RestRequest, token: Token): Promise<Answer> {
  if (request.operation === 'rate-limit/get') return server.rateLimitAnswer(token)
  const route = ROUTES[request.operation]
  if (!route) throw new Error(`test/github has no handler for ${request.operation}`)
  const call: Call = {
    world: server.world,
    token,
    path: request.match?.path ?? {},
    query: request.query,
    body: (request.body ?? {}) as Call['body'],
    target: `/api/v3${request.path}${request.search}`,
  }
  const answer = await route.answer(call)
  if (request.method !== 'GET') await mergeWhatWaited(server.world, token)
  return answer
}
