import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openGit } from './git.ts'

/** What the repository holds at first: a repository to copy, or files (path → text) of a first commit. */
export interface Seed {
  repository?: string
  files?: Readonly<Record<string, string | Uint8Array>>
  defaultBranch: string
  now: Date
}

/** As GitHub keeps a repository: any object can be asked for, and pull requests' own refs cannot be pushed to. */
const CONFIGURATION = `[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[receive]
	advertisePushOptions = true
	hideRefs = refs/pull
[gc]
	auto = 0
`

/** Makes the bare repository in an empty folder. */
export async function seedRepository(
  directory: string,
  { repository, files, defaultBranch, now }: Seed,
): Promise<void> {
  const git = openGit(directory)
  if (repository) {
    await git(['clone', '--quiet', '--mirror', '--', repository, '.'])
    await git(['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`])
  } else {
    await git(['init', '--quiet', '--bare', '--template=', '-b', defaultBranch, '.'])
  }
  await appendFile(join(directory, 'config'), CONFIGURATION)
  if (files) await git(['fast-import', '--quiet'], { input: firstCommit(files, defaultBranch, now) })
}

function firstCommit(files: Readonly<Record<string, string | Uint8Array>>, branch: string, now: Date): Buffer {
  const data = (content: string | Uint8Array) => {
    const bytes = Buffer.from(content)
    return [`data ${bytes.length}\n`, bytes, '\n']
  }
  const person = `Octo Cat <octocat@example.com> ${Math.floor(now.getTime() / 1000)} +0000`
  const parts = [
    `commit refs/heads/${branch}\nauthor ${person}\ncommitter ${person}\n`,
    ...data('Initial commit\n'),
    ...Object.entries(files).flatMap(([path, content]) => [`M 100644 inline ${path}\n`, ...data(content)]),
  ]
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}
