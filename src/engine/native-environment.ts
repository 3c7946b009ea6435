/** What reaching the network may need: set by whoever runs us, never by the repository. */
const NETWORK = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO']

/**
 * A port on which nothing listens (RFC 863's discard): what asks this proxy gets no answer. It stands behind the scan,
 * which refuses what is remote; Go asks no proxy about the machine itself.
 */
const NOWHERE = 'http://127.0.0.1:9'

/**
 * The whole environment of a tool: an allow-list, so that no token, input or configuration of ours reaches it.
 *
 * @param path the folders in which the tool may find further programs.
 */
export function toolEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  settings: { path: readonly string[]; home: string; temporary: string; allowRemote: boolean },
): Record<string, string> {
  const { path, home, temporary, allowRemote } = settings
  return {
    PATH: path.join(':'),
    HOME: home,
    TMPDIR: temporary,
    LC_ALL: 'C',
    HELM_NO_PLUGINS: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // Not ext::, file: or ssh: what a URL says must not start programs, read other files or use somebody's key.
    GIT_ALLOW_PROTOCOL: allowRemote ? 'https:http' : 'none',
    ...(allowRemote
      ? pick(given, [...NETWORK, ...CERTIFICATES])
      : { HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, http_proxy: NOWHERE, https_proxy: NOWHERE }),
  }
}

function pick(given: Readonly<Record<string, string | undefined>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (given[name] ? [[name, given[name]]] : [])))
}
