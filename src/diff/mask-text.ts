import { namesCredential } from '../kubernetes/credential.ts'

/** Which of the two sides a value stands on. */
export type SideName = 'before' | 'after'

const MASK = '••••••••'

/** @param isSame whether the other side has the same value, or none */
export function maskOf(isSame: boolean, side: SideName): string {
  return isSame ? MASK : `${MASK} (${side})`
}

/** A Secret as YAML or JSON, which ConfigMaps and custom resources hold for programs that apply it. */
const EMBEDDED_SECRET = /(?:^|[\s{,"'-])kind["']?\s*:\s*["']?Secret\b/

/** `password: x`, `db.password=x`, `--token=x`, at the start of a line. */
const ASSIGNMENT = /^(\s*(?:export\s+|-\s+)?["']?([\w.-]+)["']?\s*[:=]\s*)(\S.*)$/

/** `"password": "x"`, anywhere in a line. */
const MEMBER = /("([\w.-]+)"\s*:\s*)"(?:[^"\\]|\\.)*"/g

/** A string value without what it says of credentials: configuration files, arguments and manifests within a resource. */
export function maskText(text: string, other: unknown, side: SideName): string {
  if (EMBEDDED_SECRET.test(text)) return maskOf(other === undefined || text === other, side)
  if (!text.includes('\n') && !/[=:]/.test(text)) return text
  const there = typeof other === 'string' ? new Set(other.split('\n')) : undefined
  const lines = text.split('\n').map((line) => maskLine(line, maskOf(there === undefined || there.has(line), side)))
  return lines.join('\n')
}

function maskLine(line: string, mask: string): string {
  const [, start, name] = ASSIGNMENT.exec(line) ?? []
  if (start !== undefined && name !== undefined && namesCredential(name)) return start + mask
  return line.replace(MEMBER, (whole, key: string, name: string) => (namesCredential(name) ? `${key}"${mask}"` : whole))
}
