import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf, isWithin, resolvePath } from './path.ts'

/** A folder with this file is a repository as a whole, also where Git does not say so. */
const OWN_ROOT = '.gitops.yaml'

/** What may name files outside its folder. */
const MAY_LEAD_OUT = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/

/**
 * The files of a folder that is no Git repository, which may well be somebody's home: those in the folder itself, those
 * below what was named, and those that kustomizations and charts among them refer to outside of it. Where nothing was
 * named, or the folder says that it is a repository, all of them.
 *
 * @param named relative to the folder; `''` is the folder itself.
 */
export function listUnversioned(root: string, named: readonly string[]): string[] {
  const isWhole = named.length === 0 || existsSync(join(root, OWN_ROOT))
  const found = new Set(isWhole ? [] : entriesOf(root, '').flatMap(({ path, isFolder }) => (isFolder ? [] : path)))
  const listed: string[] = []
  const pending = isWhole ? [''] : [...named]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (listed.some((each) => isWithin(folder as string, each))) continue
    listed.push(folder)
    for (const path of filesBelow(root, folder)) {
      found.add(path)
      if (!isWhole && MAY_LEAD_OUT.test(path)) pending.push(...leadingOut(root, path))
    }
  }
  return [...found]
}

function filesBelow(root: string, start: string): string[] {
  if (!isFolder(join(root, start))) return existsSync(join(root, start)) ? [start] : []
  const found: string[] = []
  const pending = [start]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const { path, name, isFolder } of entriesOf(root, folder)) {
      if (!isFolder) found.push(path)
      else if (name !== '.git' && name !== 'node_modules') pending.push(path)
    }
  }
  return found
}

function entriesOf(root: string, folder: string): { path: string; name: string; isFolder: boolean }[] {
  return readFolder(join(root, folder)).map((entry) => ({
    path: folder === '' ? entry.name : `${folder}/${entry.name}`,
    name: entry.name,
    isFolder: entry.isDirectory(),
  }))
}

/** Programs at work make and remove folders, and some are nobody else's business: what cannot be listed holds nothing. */
function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

/** What a file names by a path that goes up, as far as it is below the root. */
function leadingOut(root: string, file: string): string[] {
  const named = textOf(join(root, file)).match(/(?:\.\.\/|\.\.(?=["'\s,\]}]|$))[^\s"',\]}?#]*/gm) ?? []
  const paths = named.map((each) => resolvePath(folderOf(file), each))
  return paths.filter((path) => path !== undefined)
}

function textOf(path: string): string {
  try {
    return statSync(path).size > 2 ** 20 ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
