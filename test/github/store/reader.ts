import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { ISOLATED } from './git.ts'

/** A Git object as stored. */
export interface GitObject {
  oid: string
  type: 'blob' | 'commit' | 'tag' | 'tree'
  body: Buffer
}

/** Reads objects by any name that git resolves (`oid`, `refs/heads/main`, `main:path`, `HEAD^{tree}`). */
export interface Reader {
  read(name: string): Promise<GitObject | undefined>
  close(): void
}

/** One `git cat-file` for the life of the server: a query over a thousand files must not start a thousand processes. */
export function openReader(directory: string): Reader {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: ISOLATED })
  const waiting: ((object: GitObject | undefined) => void)[] = []
  const answers = parser((object) => waiting.shift()?.(object))
  child.stdout.on('data', answers)
  child.stdin.on('error', () => {})
  return {
    read: (name) => (/[\r\n]/.test(name) ? Promise.resolve(undefined) : ask(child, waiting, name)),
    close: () => child.stdin.end(),
  }
}

function ask(
  child: ChildProcessWithoutNullStreams,
  waiting: ((object: GitObject | undefined) => void)[],
  name: string,
): Promise<GitObject | undefined> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    child.stdin.write(`${name}\n`)
  })
}

/** Cuts `<oid> <type> <size>\n<body>\n` and `<name> missing\n` out of a stream of chunks. */
function parser(found: (object: GitObject | undefined) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    for (;;) {
      const end = rest.indexOf(10)
      if (end < 0) return
      const header = rest.toString('utf8', 0, end)
      const match = /^([0-9a-f]{40}) (blob|commit|tag|tree) (\d+)$/.exec(header)
      const size = match ? Number(match[3]) + 1 : 0
      if (rest.length < end + 1 + size) return
      const body = Buffer.from(rest.subarray(end + 1, end + size))
      rest = rest.subarray(end + 1 + size)
      found(match ? { oid: match[1] as string, type: match[2] as GitObject['type'], body } : undefined)
    }
  }
}
