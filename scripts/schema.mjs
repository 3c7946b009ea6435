// `npm run schema`: writes docs/gitops.schema.json, by which editors complete and check .gitops.yaml, from the schema that
// reads it; `npm run schema -- --check` compares instead.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { configuration } from '../src/config/schema.ts'

const root = resolve(import.meta.dirname, '..')
const file = 'docs/gitops.schema.json'
const { $schema, ...rest } = z.toJSONSchema(configuration, { target: 'draft-7', io: 'input' })
const schema = { $schema, title: '.gitops.yaml', ...rest }
const text = format(JSON.stringify(schema))

if (!process.argv.includes('--check')) {
  writeFileSync(join(root, file), text)
} else if (readFileSync(join(root, file), 'utf8') !== text) {
  process.stderr.write(`${file} differs from src/config/schema.ts; run npm run schema and commit it.\n`)
  process.exitCode = 1
}

/** As the formatter wants it, so that generating and formatting never undo each other. */
function format(json) {
  const biome = join(root, 'node_modules/.bin/biome')
  return execFileSync(biome, ['format', `--stdin-file-path=${file}`], { cwd: root, input: json, encoding: 'utf8' })
}
