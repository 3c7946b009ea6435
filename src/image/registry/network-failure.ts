const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address',
  EAI_AGAIN: 'could not be looked up',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  EPROTO: 'does not speak TLS',
  CERT_HAS_EXPIRED: 'has a certificate that expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that signs itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate of an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate of an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate of an unknown authority',
}

const PREFIXES: readonly [prefix: string, words: string][] = [
  ['HPE_', 'does not speak HTTP'],
  ['ERR_SSL_', 'does not speak TLS'],
]

/**
 * What went wrong with a connection, as the end of a clause that starts with the host. Only the code of the error is
 * told: its message may quote the server, as the names in a certificate.
 */
export function networkFailure(error: unknown): string {
  const code = codeOf(error)
  if (code === undefined) return 'gave no answer'
  const words = WORDS[code] ?? PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'gave no answer'
  return `${words} (${code})`
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' && /^[A-Z0-9_]{1,60}$/.test(error.code) ? error.code : undefined
}
