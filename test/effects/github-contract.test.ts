import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkResponse } from '../github/check/openapi.ts'
import { type GitHub, startGitHub } from '../github/start.ts'

let github: GitHub
beforeEach(async () => {
  github = await startGitHub({ files: { 'a.txt': 'a\n' } })
})
afterEach(() => github.close())

async function send(method: string, path: string, body?: unknown) {
  const { GITHUB_API_URL: url } = github.env()
  await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${github.token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return github.takeViolations()
}

const REPO = '/repos/octo/store'

test.each([
  ['an unknown path', 'GET', `${REPO}/pull`, undefined, /path is not described/],
  ['an unknown method', 'PUT', `${REPO}/pulls`, undefined, /path is not described/],
  [
    'an unknown query parameter',
    'GET',
    `${REPO}/pulls?stat=open`,
    undefined,
    /pulls\/list: query parameter stat is not described/,
  ],
  ['a wrong value in the query', 'GET', `${REPO}/pulls?state=merged`, undefined, /query state/],
  [
    'an unknown property',
    'POST',
    `${REPO}/pulls`,
    { title: 'T', head: 'a', base: 'main', labels: [] },
    /pulls\/create: body .*labels/,
  ],
  [
    'an unknown property further down',
    'POST',
    `${REPO}/git/trees`,
    { tree: [{ path: 'a', contents: 'x' }] },
    /contents/,
  ],
  ['a missing property', 'POST', `${REPO}/git/refs`, { ref: 'refs/heads/x' }, /required property 'sha'/],
  ['a wrong type', 'PATCH', `${REPO}/git/refs/heads/main`, { sha: 1 }, /must be string/],
  ['a body that is no JSON', 'POST', `${REPO}/git/refs`, '{', /body/],
  ['a body where none is taken', 'DELETE', `${REPO}/git/refs/heads/x`, {}, /a body is not described/],
])('a request with %s fails the test', async (_name, method, path, body, expected) => {
  expect((await send(method, path, body)).join('\n')).toMatch(expected)
})

test.each([
  ['an unknown field', '{ viewer { shoeSize } }', {}, /Cannot query field "shoeSize"/],
  ['an unknown argument', '{ repository(owner: "octo", name: "store", id: 1) { id } }', {}, /Unknown argument "id"/],
  [
    'a variable of the wrong form',
    'query ($o: GitObjectID!) { repository(owner: "octo", name: "store") { object(oid: $o) { id } } }',
    { o: 'main' },
    /is no GitObjectID/,
  ],
  ['a missing input', 'mutation { updateRefs(input: {}) { clientMutationId } }', {}, /of required type/],
  ['no GraphQL at all', 'SELECT 1', {}, /Syntax Error/],
])('a query with %s fails the test', async (_name, query, variables, expected) => {
  expect((await send('POST', '/../graphql', { query, variables })).join('\n')).toMatch(expected)
})

test('a query with a member that GitHub does not know fails the test', async () => {
  expect(await send('POST', '/../graphql', { query: '{ viewer { login } }', extensions: {} })).toEqual([
    'query viewer: body must not have extensions',
  ])
})

test('the stand-in may not invent: not a property, not a shape, not a status', () => {
  const reference = {
    ref: 'refs/heads/main',
    node_id: 'x',
    url: 'http://x/',
    object: { sha: '0'.repeat(40), type: 'commit', url: 'http://x/' },
  }
  expect(checkResponse('git/get-ref', 200, reference)).toEqual([])
  expect(checkResponse('git/get-ref', 200, { ...reference, moved: true })).toEqual([expect.stringContaining('(moved)')])
  expect(checkResponse('git/get-ref', 200, [])).toEqual([expect.stringContaining('must be object')])
  expect(checkResponse('git/get-ref', 418, {})).toEqual(['status 418 is not described'])
  expect(checkResponse('git/delete-ref', 204, {})).toEqual(['status 204 has no body'])
})

test('what was wrong comes out at the end, unless the test expects it', async () => {
  const other = await startGitHub({ files: {} })
  await fetch(`${other.env().GITHUB_API_URL}/nothing`)
  await expect(other.close()).rejects.toThrow(/not as GitHub describes them:\nGET \/nothing: the path is not described/)
})
