import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { gitops } from '../bundle/gitops.ts'

/**
 * A folder a behaviour: the files of `input/`, an optional `arguments` (one a line), and in `expected.json` the exit
 * code, the summary, the findings and the coverage. `UPDATE=1` writes what is missing or changed; read the diff.
 */
const SAMPLES = join(import.meta.dirname, 'validate')

const scratch = mkdtempSync(join(tmpdir(), 'gitops-samples-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.each(readdirSync(SAMPLES).sort())('validate %s', (name) => {
  test('says what is expected', async () => {
    const folder = join(SAMPLES, name)
    const cwd = join(scratch, name)
    cpSync(join(folder, 'input'), cwd, { recursive: true })
    const given = join(folder, 'arguments')
    const args = existsSync(given) ? readFileSync(given, 'utf8').trim().split('\n') : []
    const ran = await gitops(['validate', '--format', 'json', ...args], { cwd })
    const report = ran.stdout === '' ? undefined : JSON.parse(ran.stdout)
    const found = {
      exit: ran.code,
      outcome: report?.outcome,
      summary: report?.summary,
      findings: report?.findings,
      coverage: report?.coverage,
      ...(report === undefined && { stderr: ran.stderr }),
    }
    const file = join(folder, 'expected.json')
    if (process.env.UPDATE === '1') writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`)
    expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  })
})
