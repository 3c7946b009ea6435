import { folderOf } from '../repository/path.ts'
import type { YamlFiles } from '../source/files.ts'
import type { Account } from './account.ts'
import type { Belonging, Belongings } from './belonging.ts'
import type { Ledger } from './ledger.ts'
import { readPlain } from './plain.ts'
import type { Run } from './run.ts'

/** What the plain files of a tree are checked with. */
export interface PlainCheck {
  files: YamlFiles
  ledger: Ledger
  run: Run
  account: Account
  belongings: Belongings
  progress(done: number, total: number, what: string): void
}

/** Checks files document by document; answers how many resources they hold. */
export async function checkPlain(plain: readonly string[], check: PlainCheck): Promise<number> {
  const { files, ledger, run, account, belongings } = check
  const known = new Map<string, Belonging>()
  let resources = 0
  for (const [index, file] of plain.entries()) {
    const folder = folderOf(file)
    const belonging = known.get(folder) ?? belongings.of(folder, 'plain', () => true)
    known.set(folder, belonging)
    for (const { resource, faulty } of readPlain(files, file, ledger, account)) {
      resources++
      await run.check(resource, faulty, belonging)
    }
    if (index % 500 === 499) check.progress(index + 1, plain.length, 'files')
  }
  return resources
}
