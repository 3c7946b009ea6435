import { BlockList, isIP } from 'node:net'

/** Private, link-local, loopback and shared networks; the metadata services of clouds live in some of them. */
const NETWORKS: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
]

/** Names for such addresses that need no name server of the attacker. */
const NAMES = new Set(['localhost', 'metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data'])

const blocked = new BlockList()
for (const [network, prefix] of NETWORKS) blocked.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')

/** The hosts that are this machine, and so may speak plain http. */
export function isLoopback(url: URL): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
}

/**
 * Whether a host is inside a network rather than on the internet, as its address or name tells. Another name that
 * leads to such an address is not seen; there the certificate that https asks for is the guard.
 */
export function isPrivate(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const family = isIP(host)
  if (family === 0) return NAMES.has(host) || host.endsWith('.localhost') || host.endsWith('.ec2.internal')
  return blocked.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
