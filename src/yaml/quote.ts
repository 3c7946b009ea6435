/** Words that are a boolean, null or something special to some reader. */
const WORD = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan|=|<<)$/i

/** Numbers and dates of YAML 1.1 and 1.2, Go, PyYAML and Psych: with bases, exponents, base 60, hexadecimal floats. */
const NUMBER: readonly RegExp[] = [
  /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i,
  /^[-+]?0[xob][-+]?[0-9a-f]*(?:\.[0-9a-f]*)?(?:p[-+]?[0-9]+)?$/i,
  /^[-+]?[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?$/,
  /^[-+]?[0-9]+-[0-9]+-[0-9]+(?:$|[Tt\s])/,
]

/**
 * Whether a plain scalar with this text is a string, the same one, to every reader on its way to the cluster. Go strips
 * `_` wherever it stands in a number (go-yaml `resolve.go`), Psych also `,`.
 */
export function readsAsString(text: string): boolean {
  const digits = text.replaceAll(/[_,]/g, '')
  return text !== '' && !WORD.test(text) && !NUMBER.some((pattern) => pattern.test(digits))
}

/** A start and an inside that no indicator of YAML can be mistaken in, in block and flow context alike. */
const PLAIN = /^[A-Za-z0-9_./](?:[A-Za-z0-9_./+@=?&%~-]|:(?=[A-Za-z0-9_./+@=?&%~-]))*$/

/** Whether a text may stand without quotes as far as syntax goes, alone or within a plain scalar. */
export function isPlainText(text: string): boolean {
  return PLAIN.test(text) && !text.startsWith('...')
}

/** The text between single quotes. */
export function escapeSingle(text: string): string {
  return text.replaceAll("'", "''")
}

/** The text between double quotes, as YAML and JSON both read it. */
export function escapeDouble(text: string): string {
  return text.replace(/["\\]/g, '\\$&')
}
