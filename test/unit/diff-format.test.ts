import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDiffJson } from '../../src/diff/json.ts'
import { formatDiffMarkdown } from '../../src/diff/markdown.ts'
import type { RenderedDiff } from '../../src/diff/rendered-diff.ts'
import { formatDiffText } from '../../src/diff/text.ts'
import { changed, diffOf } from './diff-world.ts'
import { commandsIn } from './report-commands.ts'

const SMALL = diffOf(
  [
    {
      source: 'envs/prod',
      kind: 'kustomization',
      resources: [changed('a', ['@@ -1 +1 @@', '-a: 1', '+a: 2'], { namespace: 'web' })],
    },
    {
      source: 'x.yaml',
      kind: 'manifest',
      resources: [changed('b', ['@@ -0,0 +1 @@', '+b'], { change: 'added', notice: 'Cut.' })],
    },
    { source: 'y', kind: 'chart', resources: [], failure: 'y/Chart.yaml:1:1 broken.' },
  ],
  { unchangedSources: ['z'], unrendered: ['mkdocs.yml'] },
)

describe('text', () => {
  test('is a unified diff by source and resource, and what it comes to', () => {
    expect(formatDiffText(SMALL, { colour: false })).toBe(
      [
        'envs/prod\n--- ConfigMap web/a\n+++ ConfigMap web/a\n@@ -1 +1 @@\n-a: 1\n+a: 2\n',
        'x.yaml\n--- /dev/null\n+++ ConfigMap b\n@@ -0,0 +1 @@\n+b\nCut.\n',
        'y\ncannot be rendered: y/Chart.yaml:1:1 broken.\n',
        '2 sources differ: 1 resource changed, 1 added.',
        '1 source cannot be rendered, so what changes there is not known.',
        '1 affected source rendered as before.',
        'Changed, but not part of anything that is rendered: mkdocs.yml.\n',
      ].join('\n'),
    )
  })

  test('names both names of a resource with a new suffix', () => {
    const resources = [changed('web-b', [], { previousName: 'web-a' })]
    expect(formatDiffText(diffOf([{ source: '.', kind: 'kustomization', resources }]), { colour: false })).toContain(
      '--- ConfigMap web-a\n+++ ConfigMap web-b\n',
    )
  })

  test('says so where nothing changes', () => {
    expect(formatDiffText(diffOf([], { unchangedSources: ['a', 'b'] }), { colour: true })).toBe(
      'Nothing that is rendered changes.\n2 affected sources rendered as before.\n',
    )
  })
})

describe('markdown', () => {
  test('folds each source', () => {
    expect(formatDiffMarkdown(SMALL, { most: 5000 })).toBe(
      [
        '2 sources differ: 1 resource changed, 1 added. 1 source cannot be rendered, so what changes there is not known. ' +
          '1 affected source rendered as before. Changed, but not part of anything that is rendered: mkdocs.yml.',
        '<details><summary><code>envs/prod</code>: 1 resource changed</summary>',
        '<code>ConfigMap web/a</code> changed',
        '```diff\n@@ -1 +1 @@\n-a: 1\n+a: 2\n```',
        '</details>',
        '<details><summary><code>x.yaml</code>: 1 resource added</summary>',
        '<code>ConfigMap b</code> added',
        '```diff\n@@ -0,0 +1 @@\n+b\n```',
        'Cut.',
        '</details>',
        '<details><summary><code>y</code>: cannot be rendered</summary>',
        '- y/Chart.yaml:&#8203;1:1 broken.',
        '</details>',
      ].join('\n\n'),
    )
  })

  test('lets nothing out of a fence, into a hidden block, or into the page', () => {
    const patch = [
      '@@ -1 +1,3 @@',
      '+a: ```` ``` </details>',
      '+b: <!-- gitops:{"v":1} -->',
      ' ::add-mask::x',
      '+c: \u202e',
    ]
    const source = { source: '<b>@team</b>', kind: 'chart' as const, resources: [changed('[x](y) @team', patch)] }
    const text = formatDiffMarkdown(diffOf([source]), { most: 5000 })
    expect(text).toContain('`````diff\n')
    expect(text).not.toMatch(/<!--|<b>|@team|\u202e|\[x\]/)
    expect(commandsIn(text)).toEqual([])
  })

  test('leaves out whole resources that do not fit, keeps the smaller ones behind them, and counts', () => {
    const long = Array.from({ length: 100 }, (_, at) => `+line ${at}`)
    const resources = [changed('a', ['+a']), changed('b', long), changed('c', ['+c']), changed('d', long)]
    const text = formatDiffMarkdown(diffOf([{ source: 's', kind: 'chart', resources }]), { most: 700 })
    expect(text).toMatch(/ConfigMap a[\s\S]*ConfigMap c[\s\S]*Left out for length: 2 resources\.$/)
    expect(text).not.toMatch(/ConfigMap [bd]/)
  })

  test('cuts the first resource where it alone is too long', () => {
    const long = Array.from({ length: 100 }, (_, at) => `+line ${at}`)
    const text = formatDiffMarkdown(diffOf([{ source: 's', kind: 'chart', resources: [changed('a', long)] }]), {
      most: 700,
    })
    expect(text).toMatch(/\+line 24\n```\n\n75 more lines left out for length\.\n\n<\/details>$/)
  })

  test('is never longer than asked, and always closes what it opens', () => {
    const line = fc.constantFrom('+a', '-`````', ' x'.repeat(100), '+@team', '+</details>')
    const item = fc.array(line, { maxLength: 60 }).map((patch) => changed('name', patch))
    const source = fc.record({
      source: fc.constantFrom('a', 'b/c', '<x>'.repeat(50)),
      kind: fc.constant('chart' as const),
      resources: fc.array(item, { maxLength: 5 }),
      failure: fc.option(fc.constant('It failed. '.repeat(40)), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(source, { maxLength: 5 }), fc.integer({ min: 0, max: 6000 }), (sources, most) => {
        const text = formatDiffMarkdown(diffOf(sources), { most })
        expect(text.length).toBeLessThanOrEqual(most)
        expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length)
        expect((text.match(/^`{3,}/gm)?.length ?? 0) % 2).toBe(0)
      }),
    )
  })
})

test('JSON is the data, with a version', () => {
  expect(JSON.parse(formatDiffJson(SMALL, true))).toEqual({ version: 1, ...SMALL })
})

test('no format speaks to a runner or a terminal', () => {
  const hostile = '::add-mask::x ##[error]y \u001b[2J\r::warning::z'
  const resources = [changed(hostile, [` ${hostile}`, hostile], { namespace: hostile, previousName: hostile })]
  const diff: RenderedDiff = diffOf(
    [
      { source: hostile, kind: 'chart', resources },
      { source: hostile, kind: 'chart', resources: [], failure: hostile },
    ],
    { unrendered: [hostile] },
  )
  for (const text of [
    formatDiffText(diff, { colour: false }),
    formatDiffMarkdown(diff, { most: 9000 }),
    formatDiffJson(diff, true),
  ]) {
    expect(commandsIn(text)).toEqual([])
    expect([text.includes('\u001b'), text.includes('\r')]).toEqual([false, false])
  }
})
