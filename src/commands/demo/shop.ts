import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../../report/failure.ts'
import { openGit } from '../../repository/git.ts'
import type { World } from '../world.ts'

/** The demo's repository: a clone, and beside it the bare repository that it pushes to. */
export interface Shop {
  root: string
  git(...args: string[]): Promise<string>
  /** Lays the files of an example over the tree. */
  layOver(example: 'shop' | 'shop-pull-request'): void
  replace(file: string, old: string, by: string): void
  commit(message: string): Promise<void>
}

/** Who commits, whatever the user's own git says: no name of theirs is needed, and no signing program is asked. */
const WHO = ['-c', 'user.name=gitops', '-c', 'user.email=gitops@localhost', '-c', 'commit.gpgSign=false']

/** @param folder an empty folder of the demo's own */
export async function openShop(folder: string, world: World): Promise<Shop> {
  const examples = findExamples(import.meta.dirname)
  const root = join(folder, 'shop')
  mkdirSync(root)
  const run = openGit(root, world.run, world.environment)
  const git = async (...args: string[]) => (await run([...WHO, ...args])).toString()
  await git('init', '--quiet', '--bare', '--initial-branch', 'main', join(folder, 'remote.git'))
  await git('init', '--quiet', '--initial-branch', 'main')
  await git('remote', 'add', 'origin', join(folder, 'remote.git'))
  return {
    root,
    git,
    layOver: (example) => cpSync(join(examples, example), root, { recursive: true }),
    replace(file, old, by) {
      writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(old, by))
    },
    async commit(message) {
      await git('add', '--all')
      await git('commit', '--quiet', '--message', message)
    },
  }
}

/** The examples lie beside `dist/` in a checkout, and further up from the sources. */
function findExamples(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'examples', 'shop'))) return join(at, 'examples')
    if (dirname(at) === at)
      throw new Refusal('The examples are missing; run the demo from a complete checkout of gitops-actions.')
  }
}
