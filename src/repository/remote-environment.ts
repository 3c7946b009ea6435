import { type RemoteAddress, TRANSPORTS } from './remote-address.ts'

/** A token for what lies below one http(s) URL. */
export interface RemoteToken {
  /** Where it is sent and nowhere else: `https://github.com`. */
  url: string
  token: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** What the network needs beyond local work: the way out, whom to trust, and where logins come from. */
const PASSED_ON = [
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['SSH_AUTH_SOCK', 'GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_SSH_VARIANT', 'GIT_ASKPASS', 'SSH_ASKPASS'],
  ...['SSH_ASKPASS_REQUIRE', 'DISPLAY', 'USER', 'LOGNAME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
  ...['CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'GIT_SSL_CERT', 'GIT_SSL_KEY', 'GIT_PROXY_SSL_CAINFO'],
]

/** Bytes a second, and seconds below them, after which an HTTP transfer counts as stuck. */
const SLOWEST = [
  ['http.lowSpeedLimit', '100'],
  ['http.lowSpeedTime', '60'],
] as const

/** ssh that asks nobody and notices a server that is gone. */
const SSH = 'ssh -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4'

/**
 * The environment of Git commands that talk to a remote. A token travels as configuration in it, never as an argument,
 * which other users of the machine could read.
 *
 * @param ownSsh whether Git is configured to use an ssh command of the user's.
 */
export function remoteEnvironment(
  environment: Environment,
  { transport }: Pick<RemoteAddress, 'transport'>,
  { token, ownSsh }: { token: RemoteToken | undefined; ownSsh: boolean },
): Record<string, string | undefined> {
  const passed = Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]]))
  const plainSsh = transport === 'ssh' && !ownSsh && !passed.GIT_SSH_COMMAND && !passed.GIT_SSH
  return {
    ...passed,
    ...(plainSsh && { GIT_SSH_COMMAND: passed.SSH_ASKPASS ? SSH : `${SSH} -o BatchMode=yes` }),
    ...configuration([...SLOWEST, ...(token ? authorization(token) : [])]),
    GIT_ALLOW_PROTOCOL: TRANSPORTS,
  }
}

/** What `actions/checkout` left is emptied first: GitHub answers 400 to two Authorization headers. */
function authorization({ url, token }: RemoteToken): [string, string][] {
  const key = `http.${url.replace(/\/+$/, '')}/.extraheader`
  return [
    [key, ''],
    [key, `AUTHORIZATION: basic ${basic(token)}`],
  ]
}

/** As Git's smart HTTP takes a token of GitHub, and GitLab any user name. */
export function basic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64')
}

function configuration(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const numbered = entries.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(numbered) }
}
