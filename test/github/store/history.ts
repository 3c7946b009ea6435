import type { Git } from './git.ts'

export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  return (await git.try(['merge-base', '--is-ancestor', ancestor, descendant])).code === 0
}

export async function mergeBase(git: Git, one: string, other: string): Promise<string | undefined> {
  const { code, stdout } = await git.try(['merge-base', one, other])
  return code === 0 ? stdout.toString().trim() : undefined
}

/** The commits that `head` has and `base` has not, newest first. */
export async function commitsBetween(git: Git, base: string, head: string): Promise<string[]> {
  return words(await git(['rev-list', '--topo-order', `${base}..${head}`]))
}

/** Newest first, as `git log`: of some paths, from some time. */
export async function history(
  git: Git,
  start: string,
  options: { path?: string; more?: string[] } = {},
): Promise<string[]> {
  const paths = options.path ? ['--', options.path] : []
  return words(
    await git(['rev-list', ...(options.more ?? []), start, ...paths], { env: { GIT_LITERAL_PATHSPECS: '1' } }),
  )
}

/** The tree of a merge of two commits, or `conflict`. Nothing is checked out. */
export async function mergeTrees(git: Git, base: string, head: string): Promise<{ tree: string } | 'conflict'> {
  const { code, stdout, stderr } = await git.try([
    'merge-tree',
    '--write-tree',
    '--allow-unrelated-histories',
    base,
    head,
  ])
  if (code > 1) throw new Error(`git merge-tree failed: ${stderr}`)
  return code === 0 ? { tree: stdout.toString().split('\n')[0] as string } : 'conflict'
}

const words = (text: string) => text.split(/\s+/).filter(Boolean)
