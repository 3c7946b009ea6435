import { getOctokit } from '@actions/github'
import { afterEach, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'

const FILES = { 'envs/dev/web/kustomization.yaml': 'images: []\n', 'envs/prod/web/kustomization.yaml': 'images: []\n' }

let github: GitHub
afterEach(() => github.close())

/** What every test talks through: the client that actions use. */
function client(token = github.token) {
  return getOctokit(token, { baseUrl: github.env().GITHUB_API_URL })
}

const REPO = { owner: 'octo', repo: 'store' }

/** Tree, commit, branch and pull request, as promote makes them. */
async function propose(branch = 'gitops/promote/prod/web', text = 'images: [new]\n') {
  const { rest } = client()
  const { data: base } = await rest.git.getRef({ ...REPO, ref: 'heads/main' })
  const tree = await rest.git.createTree({
    ...REPO,
    base_tree: base.object.sha,
    tree: [{ path: 'envs/prod/web/kustomization.yaml', mode: '100644', type: 'blob', content: text }],
  })
  const commit = await rest.git.createCommit({
    ...REPO,
    message: 'Promote web to prod',
    tree: tree.data.sha,
    parents: [base.object.sha],
  })
  await rest.git.createRef({ ...REPO, ref: `refs/heads/${branch}`, sha: commit.data.sha })
  const pull = await rest.pulls.create({ ...REPO, title: 'Promote web', head: branch, base: 'main', body: 'why' })
  return { base: base.object.sha, commit: commit.data, pull: pull.data }
}

test('a promotion by REST: tree, signed commit, branch, pull request, merge', async () => {
  github = await startGitHub({ files: FILES })
  const { rest } = client()
  const { base, commit, pull } = await propose()
  expect(commit.verification.verified).toBe(true)
  expect(pull).toMatchObject({ number: 1, state: 'open', mergeable_state: 'unknown', commits: 1, changed_files: 1 })
  expect(pull.user.login).toBe('github-actions[bot]')
  const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: 1 })
  expect(files.map(({ filename, patch }) => [filename, patch])).toEqual([
    ['envs/prod/web/kustomization.yaml', '@@ -1 +1 @@\n-images: []\n+images: [new]'],
  ])
  expect((await rest.pulls.get({ ...REPO, pull_number: 1 })).data.mergeable_state).toBe('clean')
  const merged = await rest.pulls.merge({ ...REPO, pull_number: 1, sha: commit.sha, merge_method: 'squash' })
  const { data: after } = await rest.repos.getCommit({ ...REPO, ref: 'main' })
  expect(after).toMatchObject({
    sha: merged.data.sha,
    parents: [{ sha: base }],
    commit: { message: 'Promote web (#1)' },
  })
  expect((await rest.git.getRef({ ...REPO, ref: 'heads/gitops/promote/prod/web' })).status).toBe(200)
})
