import { basename, dirname } from 'node:path'
import { mergeWhatWaited } from '../model/auto-merge.ts'
import { refsMoved } from '../model/lifecycle.ts'
import { mayDo } from '../model/people.ts'
import { serveGit } from '../store/http-backend.ts'
import { listRefs, refChanges } from '../store/refs.ts'
import type { Identified } from './identify.ts'
import type { Reply } from './reply.ts'
import type { Server } from './server.ts'

/** Clone, fetch and push. What a push moves has the same consequences as a move through the API. */
export async function answerGit({ world }: Server, request: Extract<Identified, { channel: 'git' }>): Promise<Reply> {
  const { token, operation, method, headers, raw, path, search } = request
  const push = operation.startsWith('git-receive-pack')
  if (token === 'unknown' || (!token && (push || world.settings.private)))
    return refusal(401, 'Authentication required')
  const readable = !world.settings.private && !push
  if (token && !readable && !mayDo(token, push ? 'contents=write' : 'contents=read')) {
    return refusal(403, `Permission to ${world.owner.login}/${world.name}.git denied to ${token.account.login}.`)
  }
  if (push && world.settings.archived) return refusal(403, 'This repository was archived so it is read-only.')
  const inside = path.replace(/^\/[^/]+\/[^/]+\//, '')
  const run = () =>
    serveGit(dirname(world.git.directory), {
      method,
      path: `/${basename(world.git.directory)}/${inside}`,
      query: search.slice(1),
      headers,
      body: raw,
      user: token ? token.account.login : undefined,
    })
  if (operation !== 'git-receive-pack' || !token) return run()
  const before = await listRefs(world.git)
  const answer = await run()
  await refsMoved(world, token, refChanges(before, await listRefs(world.git)))
  await mergeWhatWaited(world, token)
  return answer
}

function refusal(status: number, text: string): Reply {
  const challenge: Record<string, string> = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}
  return { status, headers: { 'content-type': 'text/plain', ...challenge }, body: Buffer.from(`${text}\n`) }
}
