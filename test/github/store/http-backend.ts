import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ISOLATED } from './git.ts'

const FORWARDED = { 'git-protocol': 'GIT_PROTOCOL', 'content-encoding': 'HTTP_CONTENT_ENCODING' } as const

/** Answers one request of smart HTTP through git's own CGI program. `user` is who may push, or nobody. */
export async function serveGit(
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query, user }: { path: string; query: string; user?: string },
): Promise<void> {
  const env: Record<string, string> = {
    ...ISOLATED,
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    CONTENT_LENGTH: request.headers['content-length'] ?? '',
    REMOTE_ADDR: '127.0.0.1',
    ...(user && { REMOTE_USER: user }),
  }
  for (const [header, name] of Object.entries(FORWARDED)) {
    const value = request.headers[header]
    if (typeof value === 'string') env[name] = value
  }
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  request.on('error', () => child.kill()).pipe(child.stdin)
  child.stdin.on('error', () => {})
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  answer(response, Buffer.concat(chunks))
}

function answer(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n')
  let status = 200
  for (const line of output.toString('latin1', 0, Math.max(end, 0)).split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/)
    if (name === 'Status') status = Number.parseInt(value, 10)
    else if (name) response.setHeader(name, value)
  }
  response.writeHead(end < 0 ? 500 : status)
  response.end(output.subarray(end + 4))
}
