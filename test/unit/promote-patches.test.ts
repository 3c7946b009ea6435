import { describe, expect, test } from 'vitest'
import { formatPatches, formatPatchesMarkdown } from '../../src/promote/patches.ts'

const file = (path: string, old: string, fresh: string) => ({
  path,
  before: new TextEncoder().encode(old),
  after: new TextEncoder().encode(fresh),
})

describe('the changes of files', () => {
  test('are a unified diff that cannot speak to a terminal or a runner', () => {
    const text = formatPatches(
      [file('a.yaml', 'x: 1\r\n# \u001b[31m\n::add-mask::x\n', 'x: 2\r\n# \u001b[31m\n::add-mask::x\n')],
      {
        colour: false,
      },
    )
    expect(text).toMatch(/^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ -1,3 \+1,3 @@\n-x: 1\n\+x: 2\n/)
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/^::/m)
  })

  test('are folded in Markdown, fenced by more ticks than they hold, whole files as many as fit', () => {
    const files = ['a', 'b', 'c'].map((name) => file(`${name}.yaml`, 'x: 1\n# ```\n', 'x: 2\n# ```\n'))
    const text = formatPatchesMarkdown(files, 150)
    expect(text).toMatch(
      /^<details><summary>Changes<\/summary>\n\n````diff\n[\s\S]*````\n\n… and of 1 more file\.\n\n<\/details>\n$/,
    )
    expect(text.match(/^\+\+\+ .*$/gm)).toEqual(['+++ b/a.yaml', '+++ b/b.yaml'])
    expect(formatPatchesMarkdown([])).toBe('')
    expect(formatPatchesMarkdown(files, 10)).toBe('The changes of 3 files are too long to show here.\n')
  })
})
