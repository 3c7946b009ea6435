import { cut } from '../report/cut.ts'
import { Refusal } from '../report/failure.ts'
import { visible } from '../report/neutralise.ts'
import type { Finished } from './process.ts'
import { withoutCredentials } from './remote-address.ts'
import { TOO_LONG } from './remote-process.ts'

const LONGEST_REASON = 300

/** What a remote said, within a sentence of ours: one bounded line without credentials or a full stop at its end. */
export function remoteWords(lines: readonly string[]): string {
  const said = lines
    .map((line) => line.replace(/^(?:remote|fatal|error|ERROR): */, '').trim())
    .filter((line) => /[^\s=*-]/.test(line))
  return visible(cut(withoutCredentials(said.join(' ').replace(/\s+/g, ' ')), LONGEST_REASON)).replace(/\.$/, '')
}

/** The line of Git's own that says most: its first complaint, else the first of the server's. */
export function mainWords(stderr: string): string {
  const lines = stderr.split('\n')
  const server = lines.filter((line) => line.startsWith('remote: '))
  const own =
    lines.find((line) => /^(?:fatal|error|ERROR): /.test(line)) ?? lines.find((line) => line.trim() !== '') ?? ''
  return remoteWords([...new Set([...server, own])]) || 'it gave no reason'
}

/** Commits that were listed a moment ago are not there any more: somebody deleted or replaced their branch. */
export class CommitsGone extends Refusal {}

const DENIED =
  /Authentication failed|could not read (?:Username|Password)|Permission denied|Permission to .* denied|access denied|not allowed to|returned error: 40[13]|HTTP 40[13]|Invalid username|Host key verification failed/i
const MISSING =
  /does not appear to be a git repository|repository .*not found|returned error: 404|Repository not found|could not be found|project .*not found/i
const UNREACHABLE =
  /Could not resolve|Couldn't resolve|Failed to connect|Couldn't connect|Connection refused|Network is unreachable|No route to host|SSL certificate|certificate verif|Proxy|transport '[^']*' not allowed|unable to connect|Connection timed out/i

/**
 * The `Refusal` for what certainly was not done; `undefined` where the connection ended in the middle and nobody knows.
 *
 * @param doing what was tried: `reading the branches`.
 */
export function refusedBy({ code, stderr }: Finished, doing: string, shown: string): Refusal | undefined {
  if (code === TOO_LONG) return undefined
  const words = mainWords(stderr)
  if (DENIED.test(stderr)) {
    return new Refusal(`${shown} refused ${doing} (${words}); give a token, key or login that may read and push.`)
  }
  if (MISSING.test(stderr)) {
    return new Refusal(`${shown} refused ${doing} (${words}); check its address, and that the token or key may see it.`)
  }
  if (UNREACHABLE.test(stderr)) {
    return new Refusal(
      `${shown} was not reached for ${doing} (${words}); check its address, the network and the proxy.`,
    )
  }
  return undefined
}

/** The `Refusal` for a command that only reads. */
export function unread(finished: Finished, doing: string, shown: string): Refusal {
  if (/not our ref|unadvertised object|couldn't find remote ref/.test(finished.stderr)) {
    return new CommitsGone(`${shown} does not have what was read there a moment ago; run again.`)
  }
  return (
    refusedBy(finished, doing, shown) ??
    new Refusal(`${shown} did not serve ${doing} (${mainWords(finished.stderr)}); run again.`)
  )
}
