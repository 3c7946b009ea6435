import { spawn } from 'node:child_process'
import { ISOLATED } from './git.ts'

const FORWARDED = { 'git-protocol': 'GIT_PROTOCOL', 'content-encoding': 'HTTP_CONTENT_ENCODING' } as const

export interface GitRequest {
  method: string
  /** Below the folder of the repositories: `/name.git/info/refs`. */
  path: string
  query: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  /** Who may push; nobody when absent. */
  user?: string
}

export interface GitAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Answers one request of smart HTTP through git's own CGI program. */
export async function serveGit(directory: string, request: GitRequest): Promise<GitAnswer> {
  const env: Record<string, string> = {
    ...ISOLATED,
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: request.path,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: String(request.headers['content-type'] ?? ''),
    CONTENT_LENGTH: String(request.body.length),
    REMOTE_ADDR: '127.0.0.1',
    ...(request.user && { REMOTE_USER: request.user }),
  }
  for (const [header, name] of Object.entries(FORWARDED)) {
    const value = request.headers[header]
    if (typeof value === 'string') env[name] = value
  }
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => {}) // git may answer before it has read all
  child.stdin.end(request.body)
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  return parse(Buffer.concat(chunks))
}

function parse(output: Buffer): GitAnswer {
  const end = output.indexOf('\r\n\r\n')
  if (end < 0) return { status: 500, headers: {}, body: output }
  const lines = output.toString('latin1', 0, end).split('\r\n')
  const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]))
  const { Status: status, ...rest } = headers
  return { status: status ? Number.parseInt(status, 10) : 200, headers: rest, body: output.subarray(end + 4) }
}
