import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type GitHub, type Options, startGitHub } from '../github/start.ts'
import { cloneOf, command, promoteAction } from './command-world.ts'

const CHAIN = 'layout: envs/{env}/{app}\nenvironments:\n  dev:\n  staging: { from: dev }\n  prod: { from: staging }\n'
const AUTO = CHAIN.replaceAll(/from: (\w+)/g, 'from: $1, merge: auto')

/** Values of one application by environment: nothing that is rendered, which other tests do. */
function web(images: Readonly<Record<string, string>>, app = 'web'): Record<string, string> {
  const values = Object.entries(images).map(([environment, image]) => {
    const [repository, tag] = image.split(':')
    return [`envs/${environment}/${app}/values.yaml`, `image:\n  repository: ${repository}\n  tag: ${tag}\n`]
  })
  return Object.fromEntries(values)
}

let github: GitHub
const clones: string[] = []
async function start(files: Record<string, string | undefined>, options: Options = {}): Promise<string> {
  const present = Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]))
  github = await startGitHub({ ...options, files: Object.fromEntries(present) })
  return clone()
}
function clone(depth = 1): string {
  const folder = cloneOf(github.directory, depth)
  clones.push(folder)
  return folder
}
const write = () => github.calls.filter(({ operation }) => !/^(?:query|git-upload-pack)/.test(operation)).length
afterEach(async () => {
  for (const folder of clones.splice(0)) rmSync(folder, { recursive: true, force: true })
  await github.close()
})

describe("with the workflow's own token", () => {
  test('what it merged starts the workflows that listen, and the summary says what else starts nothing', async () => {
    const folder = await start({ ...web({ dev: 'web:v2', staging: 'web:v1', prod: 'web:v1' }), '.gitops.yaml': AUTO })
    const ran = await promoteAction({ token: github.token }, folder, github.env())
    expect(ran).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('merged #1, #2, which starts no push workflow'),
    })
    expect(ran.summary).toContain('which starts no push workflow; those on repository')
    expect(ran.outputs).toContain('[1,2]')
    expect(github.runs.filter(({ event }) => event === 'repository_dispatch')).toMatchObject([{ action: 'gitops' }])
    expect(github.counts()['repos/create-dispatch-event']).toBe(1)
  })

  test('the workflows of what it opened wait for an approval', async () => {
    const folder = await start(web({ staging: 'web:v2', prod: 'web:v1' }))
    const ran = await promoteAction({ token: github.token }, folder, github.env())
    expect(ran.stderr).toContain('Workflows of #1 wait for “Approve workflows to run”')
    expect(github.counts()['repos/create-dispatch-event']).toBeUndefined()
  })

  test("an app's token starts them all by itself", async () => {
    const folder = await start({ ...web({ dev: 'web:v2', staging: 'web:v1', prod: 'web:v1' }), '.gitops.yaml': AUTO })
    const token = github.issueToken({ kind: 'app', login: 'promoter[bot]' })
    const ran = await promoteAction({ token }, folder, github.env())
    expect(ran).toMatchObject({ code: 0, stderr: expect.not.stringContaining('workflow') })
    expect(github.runs.map(({ event }) => event)).not.toContain('repository_dispatch')
  })
})

test.each([
  ['workflow' as const, 'github-actions[bot]', {}],
  ['app' as const, 'promoter[bot]', {}],
  ['user' as const, 'ann', { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org' }],
])('a commit made with the token of a %s is signed off as who made it', async (kind, login, environment) => {
  const config = 'pull-request: { sign-off: true }\n'
  const folder = await start({ ...web({ staging: 'web:v2', prod: 'web:v1' }), '.gitops.yaml': config })
  const token = kind === 'workflow' ? github.token : github.issueToken({ kind, login })
  expect(await promoteAction({ token }, folder, { ...github.env(), ...environment })).toMatchObject({ code: 0 })
  const shown = execFileSync(
    'git',
    ['log', '-1', '--format=%an <%ae>%n%(trailers:key=Signed-off-by,valueonly)', 'gitops/promote/prod/web'],
    {
      cwd: github.directory,
      encoding: 'utf8',
    },
  )
  const [author, signature] = shown.split('\n')
  // Each server has addresses of its own; this one commits as github.com does.
  const own = author?.replace('github.com', new URL(github.url).hostname)
  expect(signature).toBe(kind === 'user' ? 'Ann <ann@example.org>' : own)
  expect(author).toContain(login)
})

describe('what cannot be answered', () => {
  test('is told in the log, the summary and the outputs, with a report that can be parsed', async () => {
    const folder = await start({ ...web({ staging: 'web:v2', prod: 'web:v1' }), '.gitops.yaml': 'layuot: x\n' })
    const ran = await promoteAction({ token: github.token }, folder, github.env())
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('::error::.gitops.yaml:1:1 "layuot" is not a key')
    expect(ran.summary).toMatch(/^## ❌ Error\n\n.gitops.yaml:.* did you mean/)
    expect(ran.outputs).toMatch(
      /^outcome<<(\w+)\nerror\n\1\njson<<(\w+)\n\{"version":1,"promotions":\[\],"skipped":\[\]\}\n\2\n$/,
    )
  })

  test('an unsure layout is one error, and a file that can be copied', async () => {
    const folder = await start(web({ blue: 'web:v2', green: 'web:v1' }))
    const told = await command(['promote'], folder)
    expect(told).toMatchObject({ code: 2, stdout: '' })
    const [first, ...rest] = told.stderr.split('\n')
    expect(first).toMatch(/^error: Promotion needs to know .* Complete this \.gitops\.yaml:$/)
    expect(rest[0]).toMatch(/^layout: /)
    const ran = await promoteAction({ token: github.token }, folder, github.env())
    expect(ran.stderr.match(/::error::/g)).toHaveLength(1)
    expect(ran.summary).toContain('```yaml\nlayout: ')
  })

  test('a report that cannot be written does not hide what was done', async () => {
    const folder = await start(web({ staging: 'web:v2', prod: 'web:v1' }))
    const ran = await promoteAction({ token: github.token, output: 'no/such/folder' }, folder, github.env())
    expect(ran).toMatchObject({ code: 1, outputs: expect.stringContaining('"status":"open"') })
    expect(ran.outputs).toMatch(/^outcome<<(\w+)\nerror\n/)
    expect(github.pulls()).toHaveLength(1)
  })
})

test.each(['pull_request', 'pull_request_target'])(
  'on %s nothing is written, by the command line neither',
  async (event) => {
    const folder = await start(web({ staging: 'web:v2', prod: 'web:v1' }))
    const env = { ...github.env(), GITHUB_TOKEN: github.token, GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event }
    const told = await command(['promote'], folder, env)
    expect(told).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing is written') })
    expect(told.stdout).toContain('web  staging → prod  open')
    const ran = await promoteAction({ token: github.token }, folder, env)
    expect(ran).toMatchObject({ code: 0, summary: expect.stringContaining('## Promotion (nothing was written)') })
    for (const shown of [told.stdout, (await command(['promote', '--format', 'markdown'], folder, env)).stdout]) {
      expect(shown).toMatch(/\n-.*v1\n\+.*v2\n[\s\S]*\nNothing was written; this is of main at [0-9a-f]{7}\.\n$/)
    }
    expect(ran.summary).toMatch(/```diff\n[\s\S]*\n-.*v1\n\+.*v2\n/)
    expect(write()).toBe(0)
  },
)

describe('a dry run in a clone of one commit', () => {
  test('completes it, and leaves its branches', async () => {
    const folder = await start(web({ staging: 'web:v1', prod: 'web:v1' }))
    await github.as('ann').push({ branch: 'main', files: web({ staging: 'web:v2' }), message: 'two' })
    const shallow = clone()
    const told = await command(['promote'], shallow)
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('web  staging → prod  open') })
    expect(folder).not.toBe(shallow)
  })

  test('names the cure where its remote is gone', async () => {
    const folder = await start(web({ staging: 'web:v1', prod: 'web:v1' }))
    await github.as('ann').push({ branch: 'main', files: web({ staging: 'web:v2' }), message: 'two' })
    const shallow = clone()
    execFileSync('git', ['-C', shallow, 'remote', 'set-url', 'origin', '/nowhere'])
    const told = await command(['promote'], shallow)
    expect(told).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error: This clone is shallow .*fetch-depth: 0\.\n$/),
    })
    expect(folder).not.toBe(shallow)
  })
})

test('a name that closes issues does not in the commit message', async () => {
  const folder = await start({ ...web({ staging: 'a:v2', prod: 'a:v1' }, 'fixes #12'), '.gitops.yaml': CHAIN })
  await promoteAction({ token: github.token }, folder, github.env())
  const [pull] = github.pulls()
  const message = execFileSync('git', ['--git-dir', github.directory, 'log', '-1', '--format=%B', pull?.head ?? ''], {
    encoding: 'utf8',
  })
  expect(message).toContain('Gitops-App: "fixes \\u002312"')
  expect(message).not.toMatch(/#\d/)
  expect(pull?.body).toContain('From <code>staging</code> to <code>prod</code>:')
})

test('assignees, and who cannot be', async () => {
  const config = CHAIN.replace('from: staging', 'from: staging, assignees: [octocat, nobody]')
  const files = { ...web({ dev: 'web:v2', staging: 'web:v2', prod: 'web:v1' }), '.gitops.yaml': config }
  const folder = await start(files, { collaborators: ['octocat'] })
  const ran = await promoteAction({ token: github.token }, folder, github.env())
  expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('::warning::nobody cannot be assigned to #1.') })
  expect(github.pulls()).toMatchObject([{ assignees: [{ login: 'octocat' }] }])
  await promoteAction({ token: github.token }, folder, github.env())
  expect(github.counts()['issues/add-assignees']).toBe(1)
})

test('outside of a repository', async () => {
  const folder = await start(web({ staging: 'web:v2', prod: 'web:v1' }))
  rmSync(join(folder, '.git'), { recursive: true })
  expect(await command(['promote'], folder)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('in no Git repository'),
  })
})
