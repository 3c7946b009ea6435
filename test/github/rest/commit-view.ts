import type { Account } from '../model/people.ts'
import type { World } from '../model/world.ts'
import type { FileChange } from '../store/diff.ts'
import type { Commit, Identity } from '../store/objects.ts'
import { api, html, nodeId } from './urls.ts'
import { userView } from './user-view.ts'

/** `verification`: what GitHub says of a signature; ours is on every commit that names no author. */
export function verificationView({ signature, committer }: Commit) {
  return signature
    ? { verified: true, reason: 'valid', signature, payload: 'stand-in', verified_at: committer.date }
    : { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }
}

/** `git-commit`. */
export function gitCommitView(world: World, commit: Commit) {
  const at = (oid: string) => ({ url: api(world, `/git/commits/${oid}`), html_url: html(world, `/commit/${oid}`) })
  return {
    sha: commit.oid,
    node_id: nodeId('C', commit.oid),
    ...at(commit.oid),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: api(world, `/git/trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, ...at(sha) })),
    verification: verificationView(commit),
  }
}

/** `commit`, with files where one commit is asked for. */
export function commitView(world: World, commit: Commit, files?: readonly FileChange[]) {
  const at = (oid: string) => ({ url: api(world, `/commits/${oid}`), html_url: html(world, `/commit/${oid}`) })
  const sum = (key: 'additions' | 'deletions') => files?.reduce((total, file) => total + file[key], 0) ?? 0
  return {
    sha: commit.oid,
    node_id: nodeId('C', commit.oid),
    ...at(commit.oid),
    comments_url: api(world, `/commits/${commit.oid}/comments`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: api(world, `/git/trees/${commit.tree}`) },
      url: api(world, `/git/commits/${commit.oid}`),
      comment_count: 0,
      verification: verificationView(commit),
    },
    author: accountView(world, commit.author),
    committer: accountView(world, commit.committer),
    parents: commit.parents.map((sha) => ({ sha, ...at(sha) })),
    ...(files && {
      stats: { additions: sum('additions'), deletions: sum('deletions'), total: sum('additions') + sum('deletions') },
      files: files.map((file) => fileView(world, commit.oid, file)),
    }),
  }
}

function accountView(world: World, identity: Identity) {
  const account = accountByEmail(world, identity.email)
  return account ? userView(world, account) : null
}

/** GitHub knows an account by the addresses it verified; here by the no-reply address. */
export function accountByEmail(world: World, email: string): Account | undefined {
  const login = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1]
  return login ? world.accounts.get(login.toLowerCase()) : undefined
}

/** `diff-entry`. */
export function fileView(world: World, oid: string, file: FileChange) {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: html(world, `/blob/${oid}/${path}`),
    raw_url: html(world, `/raw/${oid}/${path}`),
    contents_url: api(world, `/contents/${path}?ref=${oid}`),
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previous && { previous_filename: file.previous }),
  }
}
