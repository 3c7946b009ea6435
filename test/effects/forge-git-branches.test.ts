import { afterEach, beforeEach, expect, test } from 'vitest'
import { inspectBranches } from '../../src/forge/branches.ts'
import { openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { Folder, removeTemporaries } from './remote-world.ts'

const MESSAGE =
  'Promote web to prod\n\nv1 -> v2\n\nGitops-Action: promote\nGitops-App: "a\\u0023b"\nGitops-App: web\nGitops-To: prod'

let work: Folder
let base: string

beforeEach(async () => {
  work = new Folder()
  await work.git('init', '--quiet', '--initial-branch=main')
  await work.commit({ 'a.txt': 'a\n', 'folder/an odd\tname': 'x\n' }, 'First')
  base = await work.commit({ 'a.txt': 'b\n' }, 'Second')
})
afterEach(removeTemporaries)

const inspect = async (head: string) => (await inspectBranches(work.opened, new Map([['b', head]]), base)).get('b')

test('one commit of ours on the base is own, with what it changes', async () => {
  const head = await work.commit({ 'a.txt': undefined, 'folder/an odd\tname': 'y\n', 'neu/ü': 'z\n' }, MESSAGE)
  expect(await inspect(head)).toEqual({
    name: 'b',
    head,
    own: {
      parent: base,
      trailers: new Map([
        ['Gitops-Action', ['promote']],
        ['Gitops-App', ['a#b', 'web']],
        ['Gitops-To', ['prod']],
      ]),
      changed: new Map([
        ['a.txt', undefined],
        ['folder/an odd\tname', await work.git('rev-parse', `${head}:folder/an odd\tname`)],
        ['neu/ü', await work.git('rev-parse', `${head}:neu/ü`)],
      ]),
    },
  })
})

test('one on an older commit of the base is own, too', async () => {
  await work.git('switch', '-qc', 'b', 'main~1')
  const head = await work.commit({ 'a.txt': 'c\n' }, MESSAGE)
  expect((await inspect(head))?.own?.parent).toBe(await work.git('rev-parse', 'main~1'))
})

test('a commit through GitHub is own whoever wrote it', async () => {
  const people = (email: string) => ['A <bot@example.com> 1767225600 +0000', `GitHub <${email}> 1767225600 +0000`]
  const write = async (email: string) => {
    const [author, committer] = people(email)
    const tree = await work.git('rev-parse', `${base}^{tree}`)
    const text = `tree ${tree}\nparent ${base}\nauthor ${author}\ncommitter ${committer}\n\n${MESSAGE}\n`
    const written = await work.opened(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text })
    return written.toString().trim()
  }
  expect((await inspect(await write('noreply@github.com')))?.own).toBeDefined()
  expect((await inspect(await write('someone@github.com')))?.own).toBeUndefined()
})

test.each<[string, () => Promise<unknown>]>([
  [
    'amended by somebody else',
    async () => new Folder(work.root, 'Mallory').git('commit', '-q', '--amend', '--allow-empty', '-m', MESSAGE),
  ],
  ['with a commit on top', async () => work.commit({ 'a.txt': 'd\n' }, 'More')],
  ['with a commit of ours on top', async () => work.commit({ 'a.txt': 'd\n' }, MESSAGE)],
  ['without trailers', async () => work.git('commit', '-q', '--amend', '-m', 'Mine')],
  [
    'with an action that is none of ours',
    async () => work.git('commit', '-q', '--amend', '-m', 'Mine\n\nGitops-Action: sing'),
  ],
  [
    'merged with something',
    async () => {
      await work.git('switch', '-qc', 'side', 'main~1')
      await work.commit({ other: 'x\n' })
      await work.git('switch', '-q', 'main')
      await work.git('merge', '-q', '--no-ff', '-m', MESSAGE, 'side')
    },
  ],
  [
    'without a parent',
    async () => {
      await work.git('switch', '-q', '--orphan', 'alone')
      await work.commit({ 'a.txt': 'c\n' }, MESSAGE)
    },
  ],
])('a commit of ours %s is not own', async (_, change) => {
  await work.commit({ 'a.txt': 'c\n' }, MESSAGE)
  await change()
  expect((await inspect(await work.git('rev-parse', 'HEAD')))?.own).toBeUndefined()
})

test("a head in the base's history holds nobody's commit", async () => {
  const older = await work.git('rev-parse', 'main~1')
  expect((await inspect(older))?.own).toEqual({ parent: older, trailers: new Map(), changed: new Map() })
  expect((await inspect(base))?.own?.changed.size).toBe(0)
})

test('many branches take as many processes as one, and settings of the user change nothing', async () => {
  const head = await work.commit({ 'a.txt': 'c\n' }, MESSAGE)
  for (const setting of [
    'log.showSignature=true',
    'diff.renames=copies',
    'log.diffMerges=on',
    'diff.noprefix=true',
    'log.follow=true',
    'color.ui=always',
    'log.decorate=full',
    'diff.ignoreSubmodules=all',
  ]) {
    await work.git('config', ...setting.split('='))
  }
  const started: string[] = []
  const git = openGit(
    work.root,
    (program, args, options) => {
      started.push(args.join(' '))
      return runProcess(program, args, options)
    },
    work.environment,
  )
  const heads = new Map(Array.from({ length: 300 }, (_, at) => [`b${at}`, at % 2 ? head : base]))
  const branches = await inspectBranches(git, heads, base)
  expect(branches.size).toBe(300)
  expect([...branches.values()].filter(({ own }) => own?.changed.has('a.txt'))).toHaveLength(150)
  expect(started).toHaveLength(2)
  expect(await inspectBranches(git, new Map(), base)).toEqual(new Map())
  expect(started).toHaveLength(2)
})
