import { execFile } from 'node:child_process'
import { createSign, randomUUID, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const SERVICE = 'registry of tests'
export const ISSUER = 'token service of tests'

export interface Signer {
  /** The file that a registry trusts. */
  certificate: string
  /** A token to pull from one repository, as docker-registry wants it (a JWT that carries its certificate). */
  tokenFor(repository: string): string
  close(): Promise<void>
}

/** A key of this run alone, made by openssl. */
export async function newSigner(): Promise<Signer> {
  const folder = await mkdtemp(join(tmpdir(), 'signer-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const made = ['-keyout', key, '-out', certificate, '-days', '1', '-subj', '/CN=tests']
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made])
  const pem = await readFile(key, 'utf8')
  const x5c = [new X509Certificate(await readFile(certificate)).raw.toString('base64')]

  function tokenFor(repository: string): string {
    const now = Math.floor(Date.now() / 1000)
    const access = [{ type: 'repository', name: repository, actions: ['pull'] }]
    const times = { iat: now, nbf: now - 60, exp: now + 300 }
    const claims = { iss: ISSUER, aud: SERVICE, sub: 'ann', jti: randomUUID(), ...times, access }
    const content = [{ typ: 'JWT', alg: 'RS256', x5c }, claims].map(encoded).join('.')
    return `${content}.${createSign('RSA-SHA256').update(content).sign(pem, 'base64url')}`
  }

  return { certificate, tokenFor, close: () => rm(folder, { recursive: true, force: true }) }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
