import { UsageError } from '../report/failure.ts'
import type { Git } from './git.ts'

/** Where a remote repository is reached. */
export interface RemoteAddress {
  /** As Git is to be given it, credentials included. */
  url: string
  /** The same for messages, without them. */
  shown: string
  transport: 'https' | 'http' | 'ssh' | 'git' | 'file'
  /** With its port; `undefined` for a folder. */
  host?: string
}

/** The transports that Git may use, also after `url.<base>.insteadOf`; `ext::` and its like run commands. */
export const TRANSPORTS = 'https:http:ssh:git:file'

/**
 * The address of a remote of this clone, given by name, or by URL, scp-like address or path.
 *
 * The name itself is not handed on to Git: fetching from and pushing to a configured remote moves its remote-tracking
 * branches, which are the user's.
 *
 * @param purpose a remote may be pushed to elsewhere than it is fetched from.
 * @throws UsageError where there is none, or it is no address that Git may be given.
 */
export async function findRemote(git: Git, remote: string, purpose: 'fetch' | 'push'): Promise<RemoteAddress> {
  const keys = purpose === 'push' ? ['pushurl', 'url'] : ['url']
  for (const key of /^[^\s=]+$/.test(remote) ? keys : []) {
    const found = await git.try(['config', '-z', '--get-all', `remote.${remote}.${key}`])
    const [url] = found.stdout.toString('utf8').split('\0')
    if (found.code === 0 && url) return parseRemote(url)
  }
  if (/[/:\\]/.test(remote)) return parseRemote(remote)
  const names = (await git(['remote'])).toString('utf8').trim().split('\n').filter(Boolean)
  const known =
    names.length > 0 ? `name one of ${names.join(', ')}, or a URL` : 'add one with git remote add, or name a URL'
  throw new UsageError(`This clone has no remote ${JSON.stringify(remote)}; ${known}.`)
}

/** @throws UsageError */
export function parseRemote(url: string): RemoteAddress {
  const shown = withoutCredentials(url)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Git would take the lines for parts of its protocols
  if (url === '' || url.startsWith('-') || /[\u0000-\u001f\u007f]/.test(url) || /^[A-Za-z0-9+.-]+::/.test(url)) {
    throw unusable(shown)
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined) {
    const transport = scheme === 'git+ssh' || scheme === 'ssh+git' ? 'ssh' : scheme
    if (!isTransport(transport)) throw unusable(shown)
    const host = /^[^/]*\/\/(?:[^/@]*@)*([^/?#]*)/.exec(url)?.[1]?.toLowerCase()
    return { url, shown, transport, ...(transport !== 'file' && host && { host }) }
  }
  const [, host] = /^(?:[^/@]*@)?(\[[^\]]*\]|[^/:]{2,}):/.exec(url) ?? []
  return host === undefined
    ? { url, shown, transport: 'file' }
    : { url, shown, transport: 'ssh', host: host.toLowerCase() }
}

function isTransport(scheme: string): scheme is RemoteAddress['transport'] {
  return TRANSPORTS.split(':').includes(scheme)
}

function unusable(shown: string): UsageError {
  return new UsageError(
    `${JSON.stringify(shown)} is no remote to push to; name an https, ssh, git or file URL, or a remote of this clone.`,
  )
}

/** Text in which no URL holds a user name or password any more. */
export function withoutCredentials(text: string): string {
  return text.replace(/([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/\s'"]*@/g, '$1')
}
