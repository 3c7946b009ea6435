import { CONFIG_FILE, configBytesAt, parseConfig, readNamedConfig, refuseMisnamed } from '../config/in-force.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { resolveMinor } from '../kubernetes/catalog-minor.ts'
import { Refusal, UsageError } from '../report/failure.ts'
import { readCheckout } from '../repository/checkout.ts'
import { openGit } from '../repository/git.ts'
import type { Run } from '../repository/process.ts'
import { resolveCommit } from '../repository/revision.ts'
import { findScope } from '../repository/scope.ts'
import { readWorktree } from '../repository/worktree.ts'
import { changedPaths } from './changed-paths.ts'
import { type DiffPorts, diffTrees } from './diff.ts'
import type { RenderedDiff } from './rendered-diff.ts'

/** What the working tree is compared with, and how. */
export interface WorktreeDiffRequest {
  base: string
  /** Relative to the working directory. */
  paths: readonly string[]
  /** `.gitops.yaml` by another name; without it the base's counts. */
  config?: string
  kubernetesVersion?: string
}

export interface WorktreeDiffPorts extends DiffPorts {
  workingDirectory: string
  environment: Readonly<Record<string, string | undefined>>
  run: Run
}

/**
 * What the working tree renders to, compared with a revision.
 *
 * @throws UsageError for a path or configuration that is wrong, Refusal where the revision is not in this clone
 */
export async function diffWorktree(request: WorktreeDiffRequest, ports: WorktreeDiffPorts): Promise<RenderedDiff> {
  const { base, config: named, kubernetesVersion } = request
  const { workingDirectory, run, environment } = ports
  refuseUnknownMinor(kubernetesVersion)
  const { root, versioned, paths } = findScope(workingDirectory, request.paths)
  if (!versioned) {
    throw new Refusal(`--base ${base} needs a Git repository, and there is none here; run gitops in a clone.`)
  }
  const git = openGit(root, run, environment)
  const revision = await resolveCommit(git, base)
  const where = ` (in the base ${revision.slice(0, 10)})`
  const config = named
    ? await readNamedConfig({ file: named, workingDirectory })
    : parseConfig(await configBytesAt(git, revision), CONFIG_FILE, where)
  const { tree: before, links } = await readCheckout(git, revision, config.limits.yaml)
  const after = await readWorktree(root, git, config.limits.yaml, paths)
  if (!named && !after.has(CONFIG_FILE)) refuseMisnamed(after.read)
  const changedLinks = links.filter((path) => differs(before.read(path), after.read(path)))
  const changed = [...new Set([...(await changedPaths(git, revision)), ...changedLinks])]
  return diffTrees(before, after, { changed, config, kubernetesVersion, paths }, ports)
}

function differs(before: Uint8Array | undefined, after: Uint8Array | undefined): boolean {
  return before && after ? Buffer.compare(before, after) !== 0 : before !== after
}

function refuseUnknownMinor(version: string | undefined): void {
  const resolved = resolveMinor(version, openCatalog().minors)
  if ('error' in resolved) throw new UsageError(resolved.error)
}
