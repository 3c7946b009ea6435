import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CommitsGone, openRemote } from '../../src/repository/remote.ts'
import { cloneOf, type Folder, newRemote, removeTemporaries, temporary } from './remote-world.ts'

afterEach(removeTemporaries)

const open = (clone: Folder, remote = 'origin') => openRemote(clone.opened, { remote, environment: clone.environment })

const hook = (bare: Folder, name: string, script: string) => {
  const file = join(bare.root, 'hooks', name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

test('branches are listed by exact prefix, and the default branch with its tip', async () => {
  const { clone } = await newRemote()
  await clone.git('push', '-q', 'origin', 'main:gitops/promote/a', 'main:odd/refs/heads/gitops/promote/b', 'main:x')
  await clone.git('push', '-q', 'origin', 'main:refs/remotes/elsewhere/HEAD')
  const remote = await open(clone)
  const tip = await clone.git('rev-parse', 'main')
  expect(await remote.list(['refs/heads/gitops/*', 'refs/heads/x'])).toEqual(
    new Map([
      ['refs/heads/gitops/promote/a', tip],
      ['refs/heads/x', tip],
    ]),
  )
  expect(await remote.defaultBranch()).toEqual({ branch: 'main', commit: tip })
})

test('an empty remote has no default branch', async () => {
  const { clone } = await newRemote()
  const empty = temporary()
  await clone.git('init', '-q', '--bare', empty)
  await expect((await open(clone, empty)).defaultBranch()).rejects.toThrow(/--base\.$/)
})

test('commits are fetched with their objects, and nothing of the user changes', async () => {
  const { bare, clone } = await newRemote()
  const other = await cloneOf(bare)
  const tip = await other.commit({ 'b.txt': 'b\n' })
  await other.git('tag', 'v1')
  await other.git('push', '-q', 'origin', 'main', 'v1')
  const before = await clone.belongings()
  const remote = await open(clone)
  await remote.fetch([tip])
  expect(await clone.git('show', `${tip}:b.txt`)).toBe('b')
  expect(await clone.belongings()).toBe(before)
})

test('what is here already is not asked for, so the remote may be gone', async () => {
  const { bare, clone } = await newRemote()
  const remote = await open(clone)
  const other = await cloneOf(bare)
  const tip = await other.commit({ 'b.txt': 'b\n' })
  await other.git('push', '-q', 'origin', 'main')
  await remote.fetch([tip])
  await clone.git('remote', 'set-url', 'origin', '/nonexistent')
  await (await open(clone)).fetch([tip, await clone.git('rev-parse', 'main')])
  await expect((await open(clone)).fetch(['1'.repeat(40)])).rejects.toThrow(/\/nonexistent refused fetching commits/)
})

test('a commit that the remote has no more is told apart', async () => {
  const { clone } = await newRemote()
  await expect((await open(clone)).fetch(['1'.repeat(40)])).rejects.toThrow(CommitsGone)
})

test('a shallow clone is completed on all its branches', async () => {
  const { bare, clone } = await newRemote()
  await clone.commit({ 'a.txt': 'b\n' })
  await clone.git('push', '-q', 'origin', 'main', 'main~1:refs/heads/old')
  await clone.commit({ 'a.txt': 'c\n' })
  await clone.git('push', '-q', 'origin', 'main')
  const shallow = await cloneOf(bare, 'Bob', '--depth=1', '--no-single-branch')
  const before = await shallow.belongings()
  await (await open(shallow)).fetch([await clone.git('rev-parse', 'main')])
  expect(await shallow.git('rev-list', '--count', 'HEAD')).toBe('3')
  expect(await shallow.git('rev-parse', '--is-shallow-repository')).toBe('false')
  expect(await shallow.belongings()).toBe(before)
})

test('a shallow clone that cannot be completed says how to check out', async () => {
  const { bare, clone } = await newRemote()
  await clone.commit({ 'a.txt': 'b\n' })
  await clone.git('push', '-q', 'origin', 'main')
  const shallow = await cloneOf(bare, 'Bob', '--depth=1')
  await shallow.git('remote', 'set-url', 'origin', '/nonexistent')
  await expect((await open(shallow)).fetch([])).rejects.toThrow(/^This clone is shallow .*fetch-depth: 0\.$/)
})

test('a ref moves only from where it was read', async () => {
  const { bare, clone } = await newRemote()
  const remote = await open(clone)
  const first = await clone.git('rev-parse', 'main')
  const second = await clone.commit({ 'a.txt': 'b\n' })
  const before = await clone.belongings()
  const ref = 'refs/heads/gitops/promote/prod/web'
  const push = async (from: string | undefined, to: string | undefined) =>
    (await remote.push([{ ref, before: from, after: to }])).get(ref)
  expect(await push(second, first)).toEqual({ is: 'moved' })
  expect(await push(undefined, first)).toEqual({ is: 'pushed', said: '' })
  expect(await push(undefined, second)).toEqual({ is: 'moved' })
  expect(await push(first, second)).toEqual({ is: 'pushed', said: '' })
  expect(await bare.git('rev-parse', ref)).toBe(second)
  expect(await push(first, undefined)).toEqual({ is: 'moved' })
  expect(await push(second, undefined)).toEqual({ is: 'pushed', said: '' })
  expect((await bare.try('rev-parse', '--verify', '-q', ref)).code).toBe(1)
  expect(await clone.belongings()).toBe(before)
})

test('several refs move together or not at all', async () => {
  const { bare, clone } = await newRemote()
  const after = await clone.git('rev-parse', 'main')
  const remote = await open(clone)
  const refs = ['refs/heads/a', 'refs/heads/b']
  const refused = await remote.push([
    { ref: 'refs/heads/a', before: undefined, after },
    { ref: 'refs/heads/b', before: after, after },
  ])
  expect([...refused]).toEqual(refs.map((ref) => [ref, { is: 'moved' }]))
  expect(await bare.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
  await bare.git('config', 'receive.advertiseAtomic', 'false')
  const pushed = await remote.push(refs.map((ref) => ({ ref, before: undefined, after })))
  expect([...pushed]).toEqual(refs.map((ref) => [ref, { is: 'pushed', said: '' }]))
})

test('what a hook says is told in one line', async () => {
  const { bare, clone } = await newRemote()
  hook(
    bare,
    'pre-receive',
    'printf "=====\\n\\033[31mGL-HOOK-ERR: branch names\\nneed a ticket ##[error] https://a:b@x.example/\\n" >&2; exit 1',
  )
  const ref = 'refs/heads/x'
  const outcomes = await (await open(clone)).push([
    { ref, before: undefined, after: await clone.git('rev-parse', 'main') },
  ])
  expect(outcomes.get(ref)).toEqual({
    is: 'refused',
    reason: 'pre-receive hook declined: GL-HOOK-ERR: branch names need a ticket ##\\[error] https://x.example/',
  })
})

test('somebody who is faster after the lease was looked at is no refusal', async () => {
  const { bare, clone } = await newRemote()
  const after = await clone.git('rev-parse', 'main')
  hook(bare, 'pre-receive', 'unset GIT_QUARANTINE_PATH; exec git update-ref refs/heads/x HEAD')
  const outcomes = await (await open(clone)).push([{ ref: 'refs/heads/x', before: undefined, after }])
  expect([...outcomes.values()]).toEqual([{ is: 'moved' }])
})

test('push options reach a server that takes them, and are left out for one that does not', async () => {
  const { bare, clone } = await newRemote()
  const after = await clone.git('rev-parse', 'main')
  const said = join(temporary(), 'options')
  hook(bare, 'post-receive', `echo "$GIT_PUSH_OPTION_COUNT $GIT_PUSH_OPTION_0" > '${said}'`)
  const remote = await open(clone)
  await bare.git('config', 'receive.advertisePushOptions', 'true')
  await remote.push([{ ref: 'refs/heads/x', before: undefined, after }], ['merge_request.title=A: b = c'])
  expect(readFileSync(said, 'utf8')).toBe('1 merge_request.title=A: b = c\n')
  await bare.git('config', 'receive.advertisePushOptions', 'false')
  const outcomes = await remote.push([{ ref: 'refs/heads/y', before: undefined, after }], ['merge_request.create'])
  expect([...outcomes.values()]).toEqual([{ is: 'pushed', said: '' }])
  expect(readFileSync(said, 'utf8')).toBe('0 \n')
})

test.each([
  ['a name that looks like an option', '--upload-pack=touch pwned', /no remote to push to|has no remote/],
  ['a transport that runs commands', 'ext::sh -c "touch pwned"', /is no remote to push to/],
  ['a transport that git-remote helpers take', 'fd::17', /is no remote to push to/],
  ['a scheme that nobody checked', 'ftp://example.com/x.git', /is no remote to push to/],
  ['a line break', 'https://example.com/\nx', /is no remote to push to/],
  ['a name that there is not', 'upstream', /has no remote "upstream"; name one of origin, or a URL\.$/],
])('%s is refused', async (_, address, message) => {
  const { clone } = await newRemote()
  await expect(open(clone, address)).rejects.toThrow(message)
  expect(existsSync(join(clone.root, 'pwned'))).toBe(false)
})

test('a remote of the clone is judged as an address given by hand', async () => {
  const { clone } = await newRemote()
  await clone.git('config', 'remote.origin.url', 'ext::sh -c "touch pwned"')
  await expect(open(clone)).rejects.toThrow(/is no remote to push to/)
})

test('an address that is rewritten to a transport that runs commands is refused by Git', async () => {
  const { clone } = await newRemote()
  await clone.git('config', 'url.ext::sh -c touch% pwned %.insteadOf', 'https://trusted.example/')
  const remote = await open(clone, 'https://trusted.example/x')
  await expect(remote.defaultBranch()).rejects.toThrow(/https:\/\/trusted\.example\/x was not reached/)
  expect(existsSync(join(clone.root, 'pwned'))).toBe(false)
})
