import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchPromote } from './promote.ts'
import { benchValidate } from './validate.ts'

const BENCHES: Readonly<Record<string, (folder: string, say: (line: string) => void) => Promise<void>>> = {
  promote: benchPromote,
  validate: benchValidate,
}

const [name = ''] = process.argv.slice(2)
const bench = BENCHES[name]
const say = (line: string) => void process.stdout.write(`${line}\n`)
if (!bench) {
  process.stderr.write(`There is no bench ${JSON.stringify(name)}; choose ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exitCode = 2
} else {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-bench-'))
  try {
    await bench(folder, say)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
