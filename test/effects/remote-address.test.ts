import { afterEach, expect, test } from 'vitest'
import { openRemote } from '../../src/repository/remote.ts'
import { parseRemote, withoutCredentials } from '../../src/repository/remote-address.ts'
import { remoteEnvironment } from '../../src/repository/remote-environment.ts'
import { parsePorcelain } from '../../src/repository/remote-push.ts'
import { cloneOf, Folder, newRemote, removeTemporaries, temporary } from './remote-world.ts'

afterEach(removeTemporaries)

test.each([
  ['https://github.com/octo/store.git', 'https', 'github.com'],
  ['https://Alice:p%40ss@GitLab.example:8443/a/b', 'https', 'gitlab.example:8443'],
  ['HTTP://example.com/x', 'http', 'example.com'],
  ['ssh://git@example.com:2222/x.git', 'ssh', 'example.com:2222'],
  ['git+ssh://example.com/x.git', 'ssh', 'example.com'],
  ['git@github.com:octo/store.git', 'ssh', 'github.com'],
  ['[::1]:x.git', 'ssh', '[::1]'],
  ['git://example.com/x', 'git', 'example.com'],
  ['file:///srv/x.git', 'file', undefined],
  ['/srv/x.git', 'file', undefined],
  ['../x.git', 'file', undefined],
  ['./a:b', 'file', undefined],
  ['C:/repositories/x', 'file', undefined],
])('%s is reached by %s at %s', (url, transport, host) => {
  expect(parseRemote(url)).toEqual({ url, shown: withoutCredentials(url), transport, ...(host && { host }) })
})

test.each([
  ['https://a:b@x.example/y', 'https://x.example/y'],
  ['https://token@x.example/y and ssh://git:b@z/', 'https://x.example/y and ssh://z/'],
  ['https://a:b/c@d@x.example/y', 'https://a:b/c@d@x.example/y'],
  ['git@github.com:a/b', 'git@github.com:a/b'],
])('%s is shown as %s', (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown)
})

test('ssh asks nobody and ends, unless the user has an ssh of their own', () => {
  const told = (environment: Record<string, string>, ownSsh = false) =>
    remoteEnvironment(environment, { transport: 'ssh' }, { token: undefined, ownSsh }).GIT_SSH_COMMAND
  expect(told({})).toMatch(/^ssh .*ConnectTimeout=\d+ .*BatchMode=yes$/)
  expect(told({ SSH_ASKPASS: '/bin/ask' })).not.toContain('BatchMode')
  expect(told({ GIT_SSH_COMMAND: 'ssh -i key' })).toBe('ssh -i key')
  expect(told({ GIT_SSH: '/bin/plink' })).toBeUndefined()
  expect(told({}, true)).toBeUndefined()
})

test('of the environment only the way out is passed on', () => {
  const environment = { https_proxy: 'http://p', NO_PROXY: 'x', GITHUB_TOKEN: 't', INPUT_TOKEN: 't', GIT_DIR: '/x' }
  const passed = remoteEnvironment(environment, { transport: 'https' }, { token: undefined, ownSsh: false })
  expect(passed).toMatchObject({
    https_proxy: 'http://p',
    NO_PROXY: 'x',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
  })
  expect(Object.keys(passed)).not.toEqual(expect.arrayContaining([expect.stringMatching(/TOKEN|GIT_DIR/)]))
})

const REF = 'refs/heads/x'

test.each([
  ['*\tabc:refs/heads/x\t[new branch]', '', { is: 'pushed', said: '' }],
  ['+\tabc:refs/heads/x\t1...2 (forced update)', 'remote: hello\n', { is: 'pushed', said: 'hello' }],
  ['-\t:refs/heads/x\t[deleted]', '', { is: 'pushed', said: '' }],
  ['!\tabc:refs/heads/x\t[rejected] (stale info)', '', { is: 'moved' }],
  [
    "!\tabc:refs/heads/x\t[remote rejected] (cannot lock ref 'refs/heads/x': is at 1 but expected 2)",
    '',
    { is: 'moved' },
  ],
  ['!\tabc:refs/heads/x\t[remote rejected] (failed to update ref)', '', { is: 'moved' }],
  ['!\tabc:refs/heads/x\t[remote rejected] (reference already exists)', '', { is: 'moved' }],
  [
    '!\tabc:refs/heads/x\t[remote failure] (remote failed to report status)',
    '',
    { is: 'unknown', reason: 'remote failed to report status' },
  ],
  [
    '!\tabc:refs/heads/x\t[remote rejected] (push declined due to repository rule violations)',
    'remote: error: GH013: Repository rule violations found for refs/heads/x.        \nremote: \nremote: - Commits must have verified signatures.\n',
    {
      is: 'refused',
      reason:
        'push declined due to repository rule violations: error: GH013: Repository rule violations found for refs/heads/x. - Commits must have verified signatures',
    },
  ],
])('the line %j means what it says', (line, stderr, outcome) => {
  const output = `To https://x.example/y\n${line}\nDone\n`
  expect(parsePorcelain(output, stderr).get(REF)).toEqual(outcome)
})

test('a server with much to say is cut short', () => {
  const outcome = parsePorcelain('!\ta:refs/heads/x\t[remote rejected] (no)', 'remote: words\n'.repeat(1000)).get(REF)
  expect(outcome?.is === 'refused' && outcome.reason.length).toBe(300)
})

test('a partial clone is fetched into and pushed from', async () => {
  const { bare, clone } = await newRemote({ 'a.txt': 'a\n', 'b.txt': 'b\n' })
  await bare.git('config', 'uploadpack.allowFilter', 'true')
  const partial = await cloneOf(bare, 'Bob', '--filter=blob:none', '--no-checkout')
  const tip = await clone.commit({ 'a.txt': 'aa\n' })
  await clone.git('push', '-q', 'origin', 'main')
  const remote = await openRemote(partial.opened, { remote: 'origin', environment: partial.environment })
  await remote.fetch([tip])
  await remote.fetch([tip])
  expect(await partial.git('show', `${tip}:a.txt`)).toBe('aa')
  const outcomes = await remote.push([{ ref: REF, before: undefined, after: tip }])
  expect(outcomes.get(REF)).toEqual({ is: 'pushed', said: '' })
})

test('pushed is to where the clone pushes, fetched from where it fetches', async () => {
  const { bare, clone } = await newRemote()
  const fork = new Folder(temporary())
  await fork.git('init', '-q', '--bare')
  await clone.git('config', 'remote.origin.pushurl', fork.root)
  const remote = await openRemote(clone.opened, { remote: 'origin', environment: clone.environment })
  const after = await clone.git('rev-parse', 'main')
  await remote.push([{ ref: REF, before: undefined, after }])
  expect(await fork.git('rev-parse', REF)).toBe(after)
  expect((await bare.try('rev-parse', '--verify', '-q', REF)).code).toBe(1)
})
