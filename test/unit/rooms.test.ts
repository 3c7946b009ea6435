import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'

const picture = /```mermaid\n(.*?)```/s.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1] ?? ''
const arrows = [...picture.matchAll(/^ {2}(\w+)(?:\[".*?"\])? --> (\w+)/gm)].map(([, from = '', to = '']) => [from, to])

/** The rooms that a chain of arrows leads to. */
function below(room: string, seen = new Set<string>()): Set<string> {
  for (const [from, to = ''] of arrows) {
    if (from !== room || seen.has(to)) continue
    seen.add(to)
    below(to, seen)
  }
  return seen
}

const roomOf = (file: string) => /^src\/([^/]+)\//.exec(file)?.[1]

/** Imports from one room into another: what is beside the rooms are entry points and the version. */
const imports = globSync('src/*/**/*.ts').flatMap((path) => {
  const file = path.replaceAll('\\', '/')
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import) ?\(?'(\.[^']+)'/g)].flatMap(([, to = '']) => {
    const [from, into] = [roomOf(file), roomOf(posix.join(posix.dirname(file), to))]
    return from && into && from !== into ? [{ file, from, into }] : []
  })
})

describe('the picture of the house', () => {
  test('shows every room', () => {
    const rooms = new Set(globSync('src/*/**/*.ts').map((path) => roomOf(path.replaceAll('\\', '/'))))
    expect(new Set(arrows.flat())).toEqual(rooms)
  })

  test('leads from no room back to it', () => {
    expect(arrows.map(([from = '']) => from).filter((room) => below(room).has(room))).toEqual([])
  })

  test('has a way for every import', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.filter(({ from, into }) => !below(from).has(into))).toEqual([])
  })
})
