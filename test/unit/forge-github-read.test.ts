import { expect, test } from 'vitest'
import { createClient } from '../../src/forge/github/client.ts'
import { branchPullRequests, type ClosedNode, newestOpen, type OpenNode } from '../../src/forge/github/pull-nodes.ts'
import { type ReadRequest, readPages } from '../../src/forge/github/read-pages.ts'
import { buildQuery } from '../../src/forge/github/read-query.ts'

const OPEN: OpenNode = {
  ...{ id: 'PR_1', number: 1, url: 'https://github.com/o/r/pull/1', title: 'T', body: 'B', headRefOid: 'abc' },
  ...{ isDraft: false, isCrossRepository: false, viewerDidAuthor: true, author: null, mergeStateStatus: 'CLEAN' },
  ...{ labels: null, autoMergeRequest: null, mergeQueueEntry: null },
}
const actor = (login: string, __typename = 'User') => ({ login, __typename })
const closedBy = (author: ClosedNode['author'], closer: ClosedNode['author']): ClosedNode => ({
  ...{ number: 2, merged: false, body: '', isCrossRepository: false, viewerDidAuthor: true, author },
  timelineItems: { nodes: [{ actor: closer }] },
})

test.each([
  ['ourselves', actor('github-actions', 'Bot'), actor('github-actions', 'Bot'), false],
  ['a person', actor('github-actions', 'Bot'), actor('alice'), true],
  ['a person of the same name', actor('github-actions', 'Bot'), actor('github-actions'), true],
  ['an account that is gone', actor('github-actions', 'Bot'), null, true],
])('closed by %s', (_, author, closer, byPerson) => {
  expect(branchPullRequests(undefined, closedBy(author, closer)).closed?.byPerson).toBe(byPerson)
})

test('a pull request from a fork is none of a branch of ours', () => {
  const fork = { ...OPEN, number: 9, isCrossRepository: true }
  expect(newestOpen([fork, OPEN])).toBe(OPEN)
  expect(newestOpen([fork])).toBeUndefined()
  expect(newestOpen(null)).toBeUndefined()
})

test.each([
  ['nothing', null, null, false],
  ['auto-merge', {}, null, true],
  ['the queue', null, {}, true],
])('set to merge by itself: %s', (_, autoMergeRequest, mergeQueueEntry, merging) => {
  expect(branchPullRequests({ ...OPEN, autoMergeRequest, mergeQueueEntry }, undefined).open?.merging).toBe(merging)
})

test('nothing that comes from a repository stands in the text of a query', () => {
  const evil = '") { x } # `$(a)`'
  const { text, variables } = buildQuery({ owner: evil, name: evil }, evil, {
    about: { milestone: evil },
    refs: { after: evil },
    pulls: [{ branch: evil, after: evil }],
    commits: [{ commit: evil, after: evil }],
    reports: { checks: true, environments: [evil] },
  })
  expect(text).not.toContain(evil)
  expect(Object.values(variables).flat()).toContain(evil)
})

const ABOUT = {
  ...{ id: 'R_1', mergeCommitAllowed: true, squashMergeAllowed: true, rebaseMergeAllowed: true },
  ...{ viewerDefaultMergeMethod: 'MERGE', base: { target: { oid: 'abc' } } },
}
const page = (nodes: readonly unknown[], endCursor: string | null = null) => {
  return { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } }
}

/** A client of a GitHub that answers each query with the next of these. */
function answering(...repositories: unknown[]) {
  const asked: { variables: Record<string, unknown> }[] = []
  const address = { apiUrl: 'https://x/api/v3', graphqlUrl: 'https://x/api/graphql', serverUrl: 'https://x' }
  const client = createClient(
    { ...address, repository: 'o/r' },
    {
      async exchange({ body = '' }) {
        asked.push(JSON.parse(body))
        return { status: 200, headers: {}, text: JSON.stringify({ data: { repository: repositories.shift() } }) }
      },
      ...{ note: () => {}, now: () => 0, sleep: async () => {} },
    },
  )
  return { client, asked }
}

const REQUEST: ReadRequest = { base: 'main', branches: ['b'], commits: [], reports: { checks: true, environments: [] } }

test('forks that fill a page do not hide ours on the next', async () => {
  const ours = closedBy(actor('us'), actor('us'))
  const forks = [1, 2, 3].map((number) => ({ ...ours, number: 10 + number, isCrossRepository: true }))
  const { client, asked } = answering({ ...ABOUT, refs: page([]), p0: page(forks, 'more') }, { p0: page([ours]) })
  const { open, closed } = await readPages(client, REQUEST)
  expect([open.size, closed.get('b')?.number]).toEqual([0, 2])
  expect(asked[1]?.variables).toMatchObject({ h0: 'b', a0: 'more' })
})

test('all pages of what was reported on a commit', async () => {
  const status = (context: string) => {
    return {
      __typename: 'StatusContext',
      context,
      state: 'SUCCESS',
      description: null,
      createdAt: '2026-09-01T12:00:00Z',
    }
  }
  const commit = (context: string, cursor: string | null) => {
    return { statusCheckRollup: { contexts: page([status(context)], cursor) } }
  }
  const { client, asked } = answering(
    { ...ABOUT, refs: page([]), c0: commit('one', 'next'), c1: null },
    { c0: commit('two', null) },
  )
  const { reports } = await readPages(client, { ...REQUEST, branches: [], commits: ['aaa', 'bbb'] })
  expect(reports.get('aaa')?.map(({ name }) => name)).toEqual(['one', 'two'])
  expect(reports.has('bbb')).toBe(false)
  expect(asked.map(({ variables }) => variables.b0)).toEqual([null, 'next'])
})

test('a page that never ends has an end', async () => {
  const endless = Array.from({ length: 600 }, () => ({ ...ABOUT, refs: page([], 'again') }))
  const { client } = answering(...endless)
  await expect(readPages(client, { ...REQUEST, branches: [] })).rejects.toThrow(/more pages .* than are read/)
})
