import { createHash } from 'node:crypto'

/** The application's place in the branch of a grouped pull request; no application has this branch. */
const ALL = '_all'
const LONGEST = 200

/**
 * The branch of an application's pull request, or of an environment's where `app` is undefined. A name that is no safe
 * part of a ref is escaped and given a hash, so that two names never share a branch.
 */
export function branchName(action: string, environment: string, app: string | undefined): string {
  const application = app === undefined ? ALL : app.split('/').map(refPart).join('/')
  const branch = `gitops/${action}/${refPart(environment)}/${application}`
  if (branch.length <= LONGEST) return branch
  return `${branch.slice(0, LONGEST - 13).replace(/[/.]+$/, '')}-${hash(branch, 12)}`
}

const SAFE = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?!\.))*$/

function refPart(name: string): string {
  if (SAFE.test(name) && name !== ALL && !/\.$|\.lock$/i.test(name)) return name
  const readable = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return `${readable === '' ? 'x' : readable}-${hash(name, 8)}`
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
