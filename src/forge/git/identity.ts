import type { Git } from '../../repository/git.ts'

export interface Identity {
  name: string
  email: string
}

/** For commits where git has no identity. */
const NOBODY: Identity = { name: 'gitops', email: 'gitops@localhost' }

/** Who commits: what git is configured with, both or neither. */
export async function readIdentity(git: Git): Promise<Identity> {
  const [name, email] = [await configured(git, 'user.name'), await configured(git, 'user.email')]
  return name !== '' && email !== '' ? { name, email } : NOBODY
}

async function configured(git: Git, key: string): Promise<string> {
  const found = await git.try(['config', '--get', key])
  return found.code === 0 ? clean(found.stdout.toString('utf8')) : ''
}

/** What would end a name or address in a commit is left out, as Git does. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines of a commit
  return text.replace(/[<>\u0000-\u001f]+/g, '').trim()
}

/** `Name <email>`, as in a signature. */
export function formatIdentity({ name, email }: Identity): string {
  return `${name} <${email}>`
}
