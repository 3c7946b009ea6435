const NAMES_A_CREDENTIAL = /(?:passw(?:or)?d|passphrase|secret|token|credentials?|(?:api|access|private)[-_]?key)$/i

/** Whether a field or variable is named like one that holds a credential, so that its value must not be told. */
export function namesCredential(name: string): boolean {
  return NAMES_A_CREDENTIAL.test(name)
}
