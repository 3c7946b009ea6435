import { openGit } from './git.ts'
import { writeBlob, writeCommit } from './objects.ts'
import { writeTree } from './tree.ts'

/** What the repository holds at first: a bare or ordinary repository to copy, or files (path → text) of a first commit. */
export interface Seed {
  repository?: string
  files?: Readonly<Record<string, string | Uint8Array>>
  defaultBranch: string
  now: Date
}

/** Makes the bare repository in an empty folder, as GitHub keeps one: any reachable object can be asked for. */
export async function seedRepository(
  directory: string,
  { repository, files, defaultBranch, now }: Seed,
): Promise<void> {
  const git = openGit(directory)
  if (repository) {
    await git(['clone', '--quiet', '--mirror', '--', repository, '.'])
    await git(['remote', 'remove', 'origin'])
  } else {
    await git(['init', '--quiet', '--bare', '--template=', '.'])
  }
  await git(['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`])
  const settings = {
    'http.receivepack': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    'uploadpack.allowFilter': 'true',
    'receive.advertisePushOptions': 'true',
    'gc.auto': '0',
  }
  for (const [name, value] of Object.entries(settings)) await git(['config', name, value])
  if (!files) return
  const changes = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({ path, mode: '100644', oid: await writeBlob(git, text) })),
  )
  const person = { name: 'Octo Cat', email: 'octocat@example.com', date: now.toISOString() }
  const tree = await writeTree(git, undefined, changes)
  const oid = await writeCommit(git, {
    tree,
    parents: [],
    message: 'Initial commit\n',
    author: person,
    committer: person,
  })
  await git(['update-ref', `refs/heads/${defaultBranch}`, oid])
}
