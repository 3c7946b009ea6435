import { isRecord, type Resource } from '../../kubernetes/resource.ts'
import type { RuleProblem } from '../problem.ts'
import { isArgoCdAddress } from './argo-cd-secret.ts'

/** What SOPS writes in place of a value. */
const ENCRYPTED = /^ENC\[AES256_GCM,data:/

/** Types whose data is public, or filled in by a controller. */
const FILLED_IN = new Set(['kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token'])

/**
 * `secret/plaintext`: a Secret whose values everyone who reads the repository can read; base64 hides nothing.
 * Encrypted by SOPS is fine; SealedSecret and ExternalSecret are other kinds and hold no values. Values are never
 * printed.
 *
 * @param isWritten whether a decoded value stands in the repository, asked for charts, which may generate one.
 */
export function plaintextSecret(resource: Resource, isWritten: (value: string) => boolean): RuleProblem[] {
  const { value } = resource
  if (resource.kind !== 'Secret' || resource.apiVersion !== 'v1' || FILLED_IN.has(String(value.type))) return []
  const readable: RuleProblem[] = []
  let encrypted = 0
  for (const field of ['data', 'stringData'] as const) {
    const entries = value[field]
    if (!isRecord(entries)) continue
    for (const [key, written] of Object.entries(entries)) {
      const text = typeof written === 'string' ? written : String(written ?? '')
      const plain = field === 'data' ? decode(text) : text
      if (ENCRYPTED.test(text)) encrypted++
      else if (!isArgoCdAddress(value, key, plain) && isReadable(text, plain, isWritten)) {
        readable.push({ rule: 'secret/plaintext', path: [field, key], at: 'key', message: message(key), help: HELP })
      }
    }
  }
  if (encrypted === 0) return readable
  return readable.map((problem) => ({
    ...problem,
    message: `${problem.message} Other values of this Secret are encrypted.`,
  }))
}

const HELP =
  'Encrypt it with SOPS, seal it (SealedSecret) or fetch it (ExternalSecret), and change the value: it is in the history.'

function message(key: string): string {
  return `The value of ${key} stands readable in Git.`
}

function isReadable(text: string, plain: string, isWritten: (value: string) => boolean): boolean {
  if (plain.trim() === '' || isVariable(plain) || isVariable(text)) return false
  return isWritten(plain) || isWritten(text)
}

/** What tools fill in before the cluster sees it: Flux variables, placeholders, references into a vault. */
const FILLED_IN_LATER = [
  /^\$\{[^}]+\}$/, // Flux postBuild, envsubst
  /^<path:[^>]+>$/, // Argo CD Vault Plugin
  /^<[A-Za-z][\w.-]*>$/, // a placeholder for people
  /^\{\{.*\}\}$/s, // op inject and other templates
  /^(?:op:\/\/|vault:|ref\+)/, // 1Password, bank-vaults, vals
]

function isVariable(text: string): boolean {
  const trimmed = text.trim()
  return FILLED_IN_LATER.some((form) => form.test(trimmed))
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}
