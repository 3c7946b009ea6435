import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REPOSITORY } from '../../src/version.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const [, name] = REPOSITORY.split('/') as [string, string]

const guides = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:md|ya?ml)$/.test(file))
    .map((file) => join(folder, file))

test.each(['README.md', 'action.yml', ...guides('docs'), ...guides('actions'), ...guides('examples')])(
  '%s names the project as the program does',
  (file) => {
    const owned = readFileSync(join(ROOT, file), 'utf8').matchAll(new RegExp(`([\\w-]+/)${name}(?=[/@\\s#)])`, 'g'))
    expect([...owned].map(([whole]) => whole).filter((found) => found !== REPOSITORY)).toEqual([])
  },
)
