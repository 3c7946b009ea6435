import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpus, writeCorpus } from './kubeconform/corpus.ts'
import { asRow, DIFFERENCES } from './kubeconform/differences.ts'
import { askGitops, askKubeconform, type Judgements, STRICT_SCHEMAS } from './kubeconform/judges.ts'

if (!existsSync(STRICT_SCHEMAS)) throw new Error(`${STRICT_SCHEMAS} is missing; npm run peers writes it.`)
const cases = corpus(STRICT_SCHEMAS)
const files = cases.map(({ file }) => file)

describe('the schema check beside kubeconform -strict', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconform-'))
  let ours: Judgements
  let theirs: Judgements

  beforeAll(async () => {
    execFileSync('git', ['init', '--quiet', folder])
    writeCorpus(folder, cases)
    theirs = await askKubeconform(folder)
    ours = await askGitops(folder, files)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('both read every file', () => {
    expect(files.filter((file) => !theirs.has(file))).toEqual([])
    expect(files.length).toBeGreaterThan(10_000)
  })

  test('the manifests that the mistakes are made in are valid to both', () => {
    const seeds = files.filter((file) => file.startsWith('seeds/'))
    expect(seeds.flatMap((file) => [...judgement(ours, file), ...judgement(theirs, file)])).toEqual([])
  })

  test('the verdicts are equal, but for the differences that docs/kubeconform.md tells', () => {
    const unexplained = disagreements().filter(({ differences }) => differences.includes(undefined))
    expect(unexplained.slice(0, 20)).toEqual([])
  })

  test.each(DIFFERENCES)('the difference $id is one still', ({ id }) => {
    expect(disagreements().some(({ differences }) => differences.includes(id))).toBe(true)
  })

  test.each(DIFFERENCES)('docs/kubeconform.md tells the difference $id', (difference) => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/kubeconform.md'), 'utf8')
    expect(page.split('\n')).toContain(asRow(difference))
  })

  function disagreements() {
    return cases.flatMap(({ file, what }) => {
      const [we, they] = [judgement(ours, file), judgement(theirs, file)]
      if (we.length > 0 === they.length > 0) return []
      return [{ what, file, gitops: we, kubeconform: they, differences: explanations(we, they) }]
    })
  }
})

function judgement(judgements: Judgements, file: string): string[] {
  return judgements.get(file) ?? []
}

/** For each message of the one that found something, the difference it belongs to. */
function explanations(ours: string[], theirs: string[]): (string | undefined)[] {
  const found = ours.length > 0 ? 'gitops' : 'kubeconform'
  const messages = ours.length > 0 ? ours : theirs
  const possible = DIFFERENCES.filter((difference) => difference.found === found)
  return messages.map((text) => possible.find(({ message }) => message.test(text))?.id)
}
