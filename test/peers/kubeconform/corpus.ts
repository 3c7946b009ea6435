import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loadAll } from 'js-yaml'
import { documentCases } from './documents.ts'
import { type Case, mutations, type Seed } from './mutations.ts'

const SEEDS = join(import.meta.dirname, 'seeds')

/** All cases: the seeds as written, every single mistake in each, kinds at their barest, and the documents written out. */
export function corpus(schemas: string): Case[] {
  const seedFiles = readdirSync(SEEDS).map((name) => ({ name, text: readFileSync(join(SEEDS, name), 'utf8') }))
  return [
    ...seedFiles.map(({ name, text }) => ({ file: `seeds/${name}`, text, what: `the seeds in ${name}` })),
    ...seedFiles.flatMap(({ text }) => (loadAll(text) as Seed[]).flatMap((seed) => [...mutations(seed)])),
    ...bareKinds(schemas),
    ...documentCases(),
  ]
}

/** Each kind that Kubernetes serves with nothing but a name: both must know the same kinds, and what they require. */
function* bareKinds(schemas: string): Iterable<Case> {
  for (const name of readdirSync(schemas).sort()) {
    const { properties } = JSON.parse(readFileSync(join(schemas, name), 'utf8'))
    const [apiVersion, kind] = [properties.apiVersion.enum[0], properties.kind.enum[0]]
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: bare\n`
    yield {
      file: `bare/${name.replace('.json', '.yaml')}`,
      text,
      what: `${apiVersion} ${kind} with nothing but a name`,
    }
  }
}

export function writeCorpus(folder: string, cases: readonly Case[]): void {
  for (const { file, text } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}
