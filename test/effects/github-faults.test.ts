import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { interleavings } from '../github/server/schedule.ts'
import { type GitHub, startGitHub } from '../github/start.ts'

const REPO = { owner: 'octo', repo: 'store' }
let github: GitHub

beforeEach(async () => {
  github = await startGitHub({ files: { 'a.txt': 'a\n' } })
  await github.as('alice').push({ branch: 'topic', files: { 'b.txt': 'topic\n' } })
})
afterEach(async () => {
  await github.close()
})

const client = (token = github.token) => getOctokit(token, { baseUrl: github.env().GITHUB_API_URL }).rest
const create = () => client().pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' })
const ON = { operation: 'pulls/create', nth: 1 }

test('a connection dropped before the effect leaves none, after it leaves all of it', async () => {
  github.arm(ON, { kind: 'drop', when: 'before' })
  await expect(create()).rejects.toThrow()
  expect(github.pulls()).toEqual([])
  github.arm({ operation: 'pulls/create', nth: 1 }, { kind: 'drop', when: 'after' })
  await expect(create()).rejects.toThrow()
  expect(github.pulls()).toHaveLength(1)
  expect(github.calls.map(({ operation, status }) => [operation, status])).toEqual([
    ['pulls/create', undefined],
    ['pulls/create', undefined],
  ])
})

test('502 after the commit, and HTML instead of JSON', async () => {
  github.arm(ON, { kind: 'status', status: 502, when: 'after' })
  await expect(create()).rejects.toMatchObject({ status: 502 })
  expect(github.pulls()).toHaveLength(1)
  github.arm({ operation: 'repos/get' }, { kind: 'status', status: 200, when: 'after', body: '<html>oops' })
  expect((await client().repos.get(REPO)).data).toBe('<html>oops')
})

test('limits with and without a hint when to return', async () => {
  github.arm({ method: 'GET', nth: 1 }, { kind: 'limit', limit: 'secondary', status: 429, retryAfter: 30 })
  github.arm({ method: 'GET', nth: 2 }, { kind: 'limit', limit: 'primary', reset: 1_900_000_000 })
  await expect(client().repos.get(REPO)).rejects.toMatchObject({
    status: 429,
    response: { headers: { 'retry-after': '30' } },
  })
  await expect(client().repos.get(REPO)).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' } },
  })
  expect((await client().repos.get(REPO)).status).toBe(200)
})

test('a call that is held lets others pass, and ends as the test decides', async () => {
  const gate = github.hold(ON)
  const held = create()
  await gate.reached
  await github.as('alice').push({ files: { 'c.txt': 'meanwhile\n' } })
  expect(github.pulls()).toEqual([])
  gate.release()
  expect((await held).data.number).toBe(1)
  const second = github.hold({ operation: 'pulls/update' }, 'after')
  const lost = client().pulls.update({ ...REPO, pull_number: 1, title: 'new' })
  await second.reached
  expect(github.pulls()[0]?.title).toBe('new')
  second.drop()
  await expect(lost).rejects.toThrow()
})

test('two writers in every order: one ref, one winner', async () => {
  const outcomes: string[] = []
  let round = 0
  for (const order of interleavings(['a', 'a'], ['b', 'b'])) {
    round += 1
    const tokens: Record<string, string> = { a: github.issueToken(), b: github.issueToken() }
    const schedule = github.schedule(order.map((writer) => tokens[writer] as string))
    const write = async (writer: string) => {
      const own = client(tokens[writer])
      const { data } = await own.git.getRef({ ...REPO, ref: 'heads/main' })
      const result = await own.git.createRef({ ...REPO, ref: `refs/heads/round-${round}`, sha: data.object.sha }).then(
        () => writer,
        (error: Error) => error.message,
      )
      schedule.finished(tokens[writer] as string)
      return result
    }
    const results = await Promise.all(['a', 'b'].map(write))
    const winner = order.lastIndexOf('a') < order.lastIndexOf('b') ? 'a' : 'b'
    expect(results.filter((each) => each === winner)).toHaveLength(1)
    expect(results.filter((each) => each.startsWith('Reference already exists'))).toHaveLength(1)
    outcomes.push(`${order.join('')} ${winner}`)
  }
  expect(outcomes).toEqual(['aabb a', 'abab a', 'abba b', 'baab a', 'baba b', 'bbaa b'])
})

/** A program that opens a pull request and labels it, and one that does only what is left to do. */
const PROGRAM = `
const { GITHUB_API_URL: api, GITHUB_TOKEN: token } = process.env
const call = async (method, path, body) => {
  const headers = { authorization: 'Bearer ' + token }
  const answer = await fetch(api + '/repos/octo/store' + path, { method, headers, body: body && JSON.stringify(body) })
  return answer.json()
}
const [found] = await call('GET', '/pulls?head=octo:topic')
const pull = found ?? (await call('POST', '/pulls', { title: 'T', head: 'topic', base: 'main' }))
if (!pull.labels.length) await call('POST', '/issues/' + pull.number + '/labels', { labels: ['gitops'] })
`
const program = () => spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], { env: github.env() })

test.each([1, 2, 3].flatMap((call) => [`${call} before`, `${call} after`]))(
  'killed at call %s its effect, the next run finds what is there',
  async (point) => {
    const [nth, when] = point.split(' ') as [string, 'after' | 'before']
    const gate = github.hold({ nth: Number(nth) }, when)
    const killed = program()
    await gate.reached
    killed.kill('SIGKILL')
    await once(killed, 'close')
    if (when === 'before') gate.drop()
    else gate.release()
    const [code] = await once(program(), 'close')
    expect(code).toBe(0)
    expect(github.pulls().map(({ number, labels }) => [number, labels.map(({ name }) => name)])).toEqual([
      [1, ['gitops']],
    ])
  },
)
