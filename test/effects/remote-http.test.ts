import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Run, runProcess } from '../../src/repository/process.ts'
import { openRemote } from '../../src/repository/remote.ts'
import { runInGroup, TOO_LONG } from '../../src/repository/remote-process.ts'
import { startGitHub } from '../github/start.ts'
import { Folder, newRemote, removeTemporaries } from './remote-world.ts'

const servers: Server[] = []

afterEach(async () => {
  removeTemporaries()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server that a test decides about; its URL. */
async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer as () => void)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const LEFT_BY_CHECKOUT = `AUTHORIZATION: basic ${Buffer.from('x-access-token:old').toString('base64')}`

test('with a token, over HTTP: list, fetch, push; a token that may not is told so', async () => {
  const github = await startGitHub({ files: { 'a.txt': 'a\n' } })
  try {
    const clone = new Folder()
    await clone.git('init', '-q')
    await clone.git('remote', 'add', 'origin', `${github.url}/octo/store.git`)
    await clone.git('config', `http.${github.url}/.extraheader`, LEFT_BY_CHECKOUT)
    const openWith = (token: string) =>
      openRemote(clone.opened, { remote: 'origin', token: { url: github.url, token }, environment: clone.environment })
    const remote = await openWith(github.token)
    const { branch, commit } = await remote.defaultBranch()
    expect(branch).toBe('main')
    await remote.fetch([commit])
    const ref = 'refs/heads/gitops/promote/prod/web'
    const update = { ref, before: undefined, after: commit }
    expect((await remote.push([update])).get(ref)).toMatchObject({ is: 'pushed' })
    expect(await remote.list(['refs/heads/gitops/*'])).toEqual(new Map([[ref, commit]]))
    const reader = await openWith(github.issueToken({ permissions: { contents: 'read' } }))
    await expect(reader.push([{ ...update, ref: 'refs/heads/x' }])).rejects.toThrow(
      /refused the push \(.*; give a token/,
    )
    const wrong = await openWith('made-up')
      .then((each) => each.list(['refs/heads/*']))
      .catch((error: Error) => error.message)
    expect(wrong).toMatch(/refused reading its branches \(.*; give a token/)
    expect(wrong).not.toContain('made-up')
  } finally {
    await github.close()
  }
})

test('one Authorization header, ours; and no argument holds the token', async () => {
  const seen: IncomingMessage[] = []
  const url = await serve((request, response) => {
    seen.push(request)
    response.writeHead(404).end()
  })
  const { clone } = await newRemote()
  await clone.git('config', `http.${url}/.extraheader`, LEFT_BY_CHECKOUT)
  const started: string[] = []
  const run: Run = (program, args, options) => {
    started.push(args.join(' '))
    return runProcess(program, args, options)
  }
  const token = { url: `${url}/`, token: 's3cret' }
  const remote = await openRemote(clone.opened, {
    remote: `${url}/o/r.git`,
    token,
    environment: clone.environment,
    run,
  })
  await expect(remote.defaultBranch()).rejects.toThrow(/^http:.*\/o\/r\.git refused reading its default branch/)
  const basic = Buffer.from('x-access-token:s3cret').toString('base64')
  for (const { rawHeaders } of seen) {
    const sent = rawHeaders.filter((_, at) => /^authorization$/i.test(rawHeaders[at - 1] ?? ''))
    expect(sent).toEqual([`basic ${basic}`])
  }
  expect(seen.length).toBeGreaterThan(0)
  expect(started.join('\n')).not.toMatch(new RegExp(`s3cret|${basic}`))
})

test('the token goes to its own server only', async () => {
  const seen: IncomingMessage[] = []
  const url = await serve((request, response) => {
    seen.push(request)
    response.writeHead(404).end()
  })
  const { clone } = await newRemote()
  const token = { url: 'https://github.com', token: 's3cret' }
  const remote = await openRemote(clone.opened, { remote: `${url}/o/r.git`, token, environment: clone.environment })
  await expect(remote.defaultBranch()).rejects.toThrow(/check its address/)
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(seen.map(() => undefined))
})

test('credentials in a URL are not in messages', async () => {
  const url = await serve((_, response) => response.writeHead(403).end('no'))
  const { clone } = await newRemote()
  const remote = await openRemote(clone.opened, {
    remote: `${url.replace('//', '//alice:pa%40ss@')}/o/r.git`,
    environment: clone.environment,
  })
  const message = await remote.list(['refs/heads/*']).catch((error: Error) => error.message)
  expect(message).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/o\/r\.git refused reading its branches/)
  expect(message).not.toMatch(/alice|pa%40ss|pa@ss/)
})

test('an address where nobody listens', async () => {
  const { clone } = await newRemote()
  const remote = await openRemote(clone.opened, { remote: 'http://127.0.0.1:1/x', environment: clone.environment })
  await expect(remote.list(['refs/heads/*'])).rejects.toThrow(
    /127\.0\.0\.1:1\/x was not reached for reading its branches/,
  )
})

test('a server that never answers is given up, and a push to it is unknown', async () => {
  const url = await serve(() => {})
  const { clone } = await newRemote()
  const options = { remote: `${url}/x`, environment: clone.environment, run: runInGroup(300) }
  const remote = await openRemote(clone.opened, options)
  await expect(remote.list(['refs/heads/*'])).rejects.toThrow(
    /did not serve reading its branches \(no end after 300ms\)/,
  )
  const ref = 'refs/heads/x'
  const outcomes = await remote.push([{ ref, before: undefined, after: await clone.git('rev-parse', 'main') }])
  expect(outcomes.get(ref)).toEqual({ is: 'unknown', reason: 'no end after 300ms' })
})

test('what a program started ends with it', async () => {
  const script = 'sleep 600 & echo $!; wait'
  const env = { PATH: process.env.PATH }
  const { code, stdout } = await runInGroup(500)('sh', ['-c', script], { cwd: '/', env })
  expect(code).toBe(TOO_LONG)
  const pid = Number(stdout.toString())
  expect(pid).toBeGreaterThan(1)
  // Ended, though perhaps not yet waited for by whoever inherited it.
  const { output } = await new Folder().try('--version').then(() => stateOf(pid))
  expect(output).toMatch(/^(|Z.*)$/)
})

async function stateOf(pid: number): Promise<{ output: string }> {
  const { stdout } = await runProcess('ps', ['-o', 'stat=', '-p', String(pid)], {
    cwd: '/',
    env: { PATH: process.env.PATH },
  })
  return { output: stdout.toString().trim() }
}
