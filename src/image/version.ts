import { valid } from 'semver'

/** What the text that selects a chart or a Git revision selects: one thing for good, or whatever is newest. */
export type Selection = 'exact' | 'range' | 'branch'

const RANGE = /[<>=~^*|,\s]|(?:^|\.)[xX](?:\.|$)/

/** A chart version: complete semantic versions are exact, everything else is a range to Helm and Flux. */
export function chartSelection(text: string): Selection {
  return valid(text) === null ? 'range' : 'exact'
}

const SHA = /^[0-9a-f]{7,40}$/
const BRANCH_FOLDER =
  /^(?:refs\/(?:heads|remotes)|origin|release|releases|feature|features|feat|fix|bugfix|hotfix|env|envs)\//i
/** `release-1.30`, `stable-2`, `v1.x-branch`: a line of releases, not one of them. */
const RELEASE_LINE = /^(?:release|stable|maint|maintenance|support)[-_.]?v?[0-9]+(?:\.[0-9]+)?$/i

/**
 * A Git revision. Its name alone must tell, because nothing is asked over the network: a commit id, or a name with a
 * digit that is not one of the customary branch names, is exact.
 */
export function refSelection(text: string): Selection {
  if (/^refs\/tags\//.test(text)) return 'exact'
  if (BRANCH_FOLDER.test(text) || RELEASE_LINE.test(text)) return 'branch'
  if (SHA.test(text) && /[0-9]/.test(text)) return 'exact'
  if (RANGE.test(text)) return 'range'
  return /[0-9]/.test(text) ? 'exact' : 'branch'
}

/** Whether Git accepts a revision as a name (git-check-ref-format), and nothing can take it for an option. */
export function isRef(text: string): boolean {
  return /^(?!-)[^\s~^:?*[\\\p{Cc}]+$/u.test(text) && !/\.\.|@\{|\/\/|\.lock$|[/.]$/.test(text)
}

/** Text that reads as a version even where nothing around it says so: `1.2`, `v3`, a commit id, `main-1a2b3c4`. */
export function looksLikeVersion(text: string): boolean {
  return (
    /^v?[0-9]+(?:\.[0-9]+)+(?:[-_+.][0-9A-Za-z.-]+)?$/.test(text) || /^v[0-9]+$/.test(text) || looksLikeCommit(text)
  )
}

function looksLikeCommit(text: string): boolean {
  const hex = /(?:^|[-_.])([0-9a-f]{7,40})$/.exec(text)?.[1]
  return hex !== undefined && /[0-9]/.test(hex)
}
