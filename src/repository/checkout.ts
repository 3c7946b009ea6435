import { withinLimit } from './file-limit.ts'
import type { Git } from './git.ts'
import { followLinks, TO_FOLDER, TO_NOTHING } from './links.ts'
import { isLinkEntry, listEntries, readBlobs } from './objects.ts'
import { missing } from './revision.ts'
import { createTree, type Tree } from './tree.ts'

/** A commit as a working tree of it would be. */
export interface Checkout {
  tree: Tree
  /** Links that lead to a file. Git tells of them only when they lead elsewhere, not when that file changes. */
  links: readonly string[]
}

/**
 * The files of one commit as `readWorktree` would read a checkout of it, so that the two can be compared: links are
 * followed inside the repository, and files are held to the limit. From Git's objects alone: nothing is checked out.
 *
 * @param limits bytes of one file
 * @throws Refusal when a file is read that a clone with `--filter` left out
 */
export async function readCheckout(git: Git, revision: string, limits: { file: number }): Promise<Checkout> {
  const listed = await listEntries(git, revision)
  const files = listed.filter(({ type }) => type === 'blob')
  const blobs = await readBlobs(git, revision, files)
  const bytesAt = new Map(files.map(({ path, id }) => [path, blobs.get(id)]))
  const links = listed.filter(isLinkEntry).map(({ path }) => path)
  const targets = new Map(
    links.flatMap((path) => {
      const target = bytesAt.get(path)
      return target ? [[path, Buffer.from(target).toString('utf8')]] : []
    }),
  )

  const tree: Tree = createTree(
    listed.map(({ path }) => path),
    (path) => {
      const found = followLinks(path, targets)
      if ('skipped' in found) return found
      if (bytesAt.has(found.path)) return withinLimit(bytesAt.get(found.path) ?? missing(found.path), limits.file)
      return tree.has(found.path) || tree.isFolder(found.path) ? TO_FOLDER : TO_NOTHING
    },
  )
  const leadsToFile = (path: string) => {
    const found = followLinks(path, targets)
    return 'path' in found && bytesAt.get(found.path) !== undefined
  }
  return { tree, links: links.filter(leadsToFile) }
}
