import { describe, expect, test } from 'vitest'
import { applyEdits, replaceScalar, type ScalarEdit } from '../../src/yaml/edit.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import type { PathStep } from '../../src/yaml/locate.ts'
import type { Node } from '../../src/yaml/node.ts'
import { proveOnlyChanged } from '../../src/yaml/prove.ts'
import { readYaml } from '../../src/yaml/read.ts'
import { partSpan, type ScalarSite, siteOf } from '../../src/yaml/site.ts'
import { treeOf } from '../../src/yaml/tree.ts'

/** The site at a path, its last step not following an alias. */
function siteAt(text: string, path: readonly PathStep[], document = 0): ScalarSite {
  const yaml = readYaml(text, limits)
  const found = yaml.documents[document]
  if (!found) throw new Error('no such document')
  let node: Node | undefined = treeOf(yaml, found).root
  for (const step of path) {
    if (node?.type === 'map') node = node.entries.get(String(step))
    else if (node?.type === 'list') node = node.items[Number(step)]
  }
  const site = node && siteOf(yaml, node)
  if (!site) throw new Error(`nothing to edit at ${path.join('.')}`)
  return site
}

/** Edits, and proves that only this changed; the reason where either is refused. */
function edit(text: string, path: readonly PathStep[], newText: string, document = 0): string {
  const edits: ScalarEdit[] = [{ site: siteAt(text, path, document), text: newText }]
  const edited = applyEdits(text, edits)
  if (!edited.ok) return `refused: ${edited.reason}`
  const proof = proveOnlyChanged(readYaml(text, limits), edited.text, edits, limits)
  return proof.ok ? edited.text : `unproved: ${proof.reason}`
}

describe('the traps', () => {
  test.each<[name: string, text: string, path: PathStep[], newText: string, expected: string]>([
    ['plain', 'tag: v1\n', ['tag'], 'v2', 'tag: v2\n'],
    ['single quotes stay', "tag: 'v1'\n", ['tag'], 'v2', "tag: 'v2'\n"],
    ['double quotes stay', 'tag: "v1"\n', ['tag'], 'v2', 'tag: "v2"\n'],
    ['a quote within single quotes', "tag: 'v1'\n", ['tag'], "it's", "tag: 'it''s'\n"],
    ['a quote within double quotes', 'tag: "v1"\n', ['tag'], 'a"\\b', 'tag: "a\\"\\\\b"\n'],
    ['comment after', 'tag: v1   # keep\n', ['tag'], 'v2', 'tag: v2   # keep\n'],
    ['empty', 'tag:\nb: 1\n', ['tag'], 'v2', 'tag: v2\nb: 1\n'],
    ['empty at the end of the file', 'tag:', ['tag'], 'v2', 'tag: v2'],
    ['empty with spaces after', 'tag:   \nb: 1\n', ['tag'], 'v2', 'tag: v2\nb: 1\n'],
    ['empty before a comment', 'tag: # note\n', ['tag'], 'v2', 'tag: v2 # note\n'],
    ['empty before a distant comment', 'tag:    # note\n', ['tag'], 'v2', 'tag: v2    # note\n'],
    ['empty with a comment below', 'tag:\n  # note\nb: 1\n', ['tag'], 'v2', 'tag: v2\n  # note\nb: 1\n'],
    ['empty after a tag', 'tag: !!str\n', ['tag'], 'v2', 'tag: !!str v2\n'],
    ['empty after an anchor', 'tag: &a\n', ['tag'], 'v2', 'tag: &a v2\n'],
    ['empty in a flow map', '{tag:, b: 1}\n', ['tag'], 'v2', '{tag: v2, b: 1}\n'],
    ['empty last in a flow map', '{b: 1, tag: }\n', ['tag'], 'v2', '{b: 1, tag: v2 }\n'],
    ['empty and the new value needs quotes', 'tag:\n', ['tag'], '1.10', 'tag: "1.10"\n'],
    ['tilde', 'tag: ~\n', ['tag'], 'v2', 'tag: v2\n'],
    ['null', 'tag: null # n\n', ['tag'], 'v2', 'tag: v2 # n\n'],
    ['empty quotes', 'tag: ""\n', ['tag'], 'v2', 'tag: "v2"\n'],
    ['a number', 'tag: 0.1\n', ['tag'], '0.2', 'tag: "0.2"\n'],
    ['a number replaced by a word', 'tag: 0.1\n', ['tag'], 'v2', 'tag: v2\n'],
    ['tagged', 'tag: !!str 1\n', ['tag'], '2', 'tag: !!str "2"\n'],
    ['anchored', 'a: &v v1\nb: *v\n', ['a'], 'v2', 'a: &v v2\nb: *v\n'],
    ['flow map', 'i: {tag: v1, b: [1]}\n', ['i', 'tag'], 'v2', 'i: {tag: v2, b: [1]}\n'],
    ['flow list', 'i: [v0, v1]\n', ['i', 1], 'v2', 'i: [v0, v2]\n'],
    ['block list', '- v0\n- v1 # x\n', [1], 'v2', '- v0\n- v2 # x\n'],
    ['JSON', '{\n\t"tag": "v1",\n\t"n": 1\n}\n', ['tag'], 'v2', '{\n\t"tag": "v2",\n\t"n": 1\n}\n'],
    ['a number of JSON', '{"tag": 5}', ['tag'], 'v2', '{"tag": "v2"}'],
    ['a null of JSON', '{"a": {"tag": null}}', ['a', 'tag'], 'v2', '{"a": {"tag": "v2"}}'],
    ['CRLF', 'a: 1\r\ntag: v1\r\nb: 2\r\n', ['tag'], 'v2', 'a: 1\r\ntag: v2\r\nb: 2\r\n'],
    ['CRLF and empty', 'tag:\r\nb: 2\r\n', ['tag'], 'v2', 'tag: v2\r\nb: 2\r\n'],
    ['a lone CR', 'tag: v1\rb: 2\r', ['tag'], 'v2', 'tag: v2\rb: 2\r'],
    ['no final newline', 'b: 1\ntag: v1', ['tag'], 'v2', 'b: 1\ntag: v2'],
    ['literal block', 'tag: |\n  v1\nb: 1\n', ['tag'], 'v2', 'tag: |\n  v2\nb: 1\n'],
    [
      'stripped block with comment',
      'tag: >- # c\n    v1\n\nb: 1\n',
      ['tag'],
      '1.10',
      'tag: >- # c\n    1.10\n\nb: 1\n',
    ],
    ['kept block', 'tag: |+\n  v1\n\n\nb: 1\n', ['tag'], 'v2', 'tag: |+\n  v2\n\n\nb: 1\n'],
    ['block at the end without newline', 'tag: |-\n  v1', ['tag'], 'v2', 'tag: |-\n  v2'],
    [
      'emoji and other scripts around',
      '# 🚀 é\n"ключ": "🎉"\ntag: v1 # 日本\n',
      ['tag'],
      'v2',
      '# 🚀 é\n"ключ": "🎉"\ntag: v2 # 日本\n',
    ],
    ['duplicate keys: the last counts', 'tag: v1\ntag: v3\n', ['tag'], 'v2', 'tag: v1\ntag: v2\n'],
    [
      'odd indentation and blank lines',
      'a:\n\n    b:   v1\n\n\n  # c\n',
      ['a', 'b'],
      'v2',
      'a:\n\n    b:   v2\n\n\n  # c\n',
    ],
  ])('%s', (_, text, path, newText, expected) => {
    expect(edit(text, path, newText)).toBe(expected)
  })

  test('multi-document, with directives', () => {
    const text = '%YAML 1.2\n---\ntag: v1\n...\n---\ntag: v1\n--- # x\ntag: v1\n'
    expect(edit(text, ['tag'], 'v2', 1)).toBe('%YAML 1.2\n---\ntag: v1\n...\n---\ntag: v2\n--- # x\ntag: v1\n')
  })
})

describe('what is refused', () => {
  test.each<[name: string, text: string, path: PathStep[], newText: string, reason: RegExp]>([
    ['alias', 'a: &v v1\ntag: *v\n', ['tag'], 'v2', /alias/],
    ['line break', 'tag: v1\n', ['tag'], 'v2\nevil: true', /line break/],
    ['control character', 'tag: v1\n', ['tag'], 'v2\u0007', /control character/],
    ['line separator', 'tag: "v1"\n', ['tag'], 'v2\u2028', /line break/],
    ['nothing', 'tag: v1\n', ['tag'], '', /empty/],
    ['spaces around', 'tag: v1\n', ['tag'], ' v2', /space/],
    ['a tag that makes a number', 'tag: !!float 0.1\n', ['tag'], '0.2', /!!float/],
    ['a custom tag', 'tag: !Ref v1\n', ['tag'], 'v2', /!Ref/],
    ['several plain lines', 'tag: v1\n  v2\n', ['tag'], 'v3', /several lines/],
    ['several quoted lines', 'tag: "v1\n  v2"\n', ['tag'], 'v3', /several lines/],
    ['several block lines', 'tag: |\n  v1\n  v2\n', ['tag'], 'v3', /several lines/],
    ['an empty block', 'tag: |\nb: 1\n', ['tag'], 'v3', /empty/],
    ['explicit key without value', '? tag\n', ['tag'], 'v3', /./],
  ])('%s', (_, text, path, newText, reason) => {
    const answer = edit(text, path, newText)
    expect(answer).toMatch(/^(?:refused|unproved): /)
    expect(answer).toMatch(reason)
  })

  test('an empty list item has no place of its own', () => {
    expect(() => siteAt('- \n- a\n', [0])).toThrow('nothing to edit')
  })

  test('two edits of the same characters', () => {
    const text = 'image: a:v1\n'
    const site = siteAt(text, ['image'])
    const both = [
      { site, part: { start: 2, end: 4 }, text: 'v2' },
      { site, part: { start: 3, end: 4 }, text: 'v3' },
    ]
    expect(applyEdits(text, both)).toEqual({ ok: false, reason: 'Two edits want the same characters.' })
  })
})

describe('quotes where some reader would not read the string', () => {
  const needed = [
    '1234567',
    '12e4567',
    '706798e8',
    '0362525',
    '1.10',
    '3.6',
    '2026-01-01',
    '12:30:45',
    '1_000',
    '0x1f',
    '0b11',
    '0x_1',
    '0o10',
    '0o_7',
    '010',
    '1.',
    '.5',
    '+1',
    '-1',
    '1e3',
    '1E-3',
    '1,000',
    '0x1p-2',
    '190:20:30.15',
    '2001-12-14t21:59:43',
    'on',
    'On',
    'off',
    'y',
    'Y',
    'n',
    'no',
    'yes',
    'true',
    'FALSE',
    'null',
    'Null',
    '~',
    '.inf',
    '-.INF',
    '.NaN',
    '=',
    '<<',
    '---',
    '...',
    '-',
    '- a',
    'a: b',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '"a"',
    "'a'",
    '[a]',
    '{a}',
    'a,b',
    'a:',
    '? a',
    'ä',
  ]
  test.each(needed)('%s', (newText) => {
    const quoted = `"${newText.replaceAll('"', '\\"')}"`
    expect(edit('tag: v1 # c\n', ['tag'], newText)).toBe(`tag: ${quoted} # c\n`)
    expect(edit('i: {tag: v1}\n', ['i', 'tag'], newText)).toBe(`i: {tag: ${quoted}}\n`)
    expect(edit('tag: |-\n  v1\n', ['tag'], newText)).toBe(`tag: |-\n  ${newText}\n`)
  })

  const free = [
    'v1',
    '1.2.3',
    '1.2.3-rc.1',
    '1.27-alpine',
    'v1.10',
    '20240101-abc123',
    '1.2.3.4',
    'main-1a2b3c4',
    '_x',
    '7.4.x',
    'e5',
    'RELEASE.2024-08-26T10-49-58Z',
    'sha-706798e',
    'prod-76b7900-20240731121522',
    '1.24.2-1',
    'a/b:c',
    `sha256:${'1'.repeat(64)}`,
    'yesno',
    'nope',
    '2026-01',
    '0.1-2',
  ]
  test.each(free)('not for %s', (newText) => {
    expect(edit('tag: v1 # c\n', ['tag'], newText)).toBe(`tag: ${newText} # c\n`)
  })
})

describe('a part of a scalar', () => {
  function editParts(text: string, parts: [from: string, to: string][], path: PathStep[] = ['image']) {
    const site = siteAt(text, path)
    const edits = parts.map(([from, to]) => {
      const start = site.content.indexOf(from)
      return { site, part: { start, end: start + from.length }, text: to }
    })
    const edited = applyEdits(text, edits)
    if (!edited.ok) return edited.reason
    const proof = proveOnlyChanged(readYaml(text, limits), edited.text, edits, limits)
    return proof.ok ? edited.text : proof.reason
  }

  test.each<[text: string, parts: [string, string][], expected: string]>([
    ['image: a/b:v1 # c\n', [['v1', '1.10']], 'image: a/b:1.10 # c\n'],
    [
      'image: "a/b:v1@sha256:0"\n',
      [
        ['v1', 'v2'],
        ['sha256:0', 'sha256:1'],
      ],
      'image: "a/b:v2@sha256:1"\n',
    ],
    [
      'image: a:v1@b\n',
      [
        ['b', 'c'],
        ['v1', 'v2'],
      ],
      'image: a:v2@c\n',
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is Flux's syntax
    ['image: ${REGISTRY}/app:v1\n', [['v1', '706798e8']], 'image: ${REGISTRY}/app:706798e8\n'],
    ['image: "a\\/b:v1"\n', [['v1', 'v2']], 'image: "a\\/b:v2"\n'],
    ["image: 'a''b:v1'\n", [['v1', 'v2']], "image: 'a''b:v2'\n"],
    ['image: "v1:a\\/b"\n', [['v1', 'v2']], 'image: "v2:a\\/b"\n'],
    ['image: >-\n  a/b:v1\nc: d\n', [['v1', 'v2']], 'image: >-\n  a/b:v2\nc: d\n'],
    ['image: x\n  a/b:v1\nc: d\n', [['v1', 'v2']], 'image: x\n  a/b:v2\nc: d\n'],
    ['image: 12:30\n', [['30', '45']], 'image: "12:45"\n'],
    ['image: a:v1\n', [['v1', 'v 2']], 'image: "a:v 2"\n'],
    ['image: "\\x61:v1:\\x62"\n', [['v1', 'v2']], 'Escapes or line folds stand within the version.'],
  ])('%j', (text, parts, expected) => {
    expect(editParts(text, parts)).toBe(expected)
  })

  test('has a place only where the text is written as it reads', () => {
    const text = 'a: "\\x76\\x31"\n'
    expect(partSpan(text, siteAt(text, ['a']), 0, 2)).toBeUndefined()
  })
})

describe('proveOnlyChanged', () => {
  const text = 'a: v1 # c\nb: &x "v1"\nc: *x\nd: |\n  e: v1\n  f: v1\n'
  const edits = (): ScalarEdit[] => [{ site: siteAt(text, ['a']), text: 'v2' }]
  const prove = (edited: string) => proveOnlyChanged(readYaml(text, limits), edited, edits(), limits)

  test('accepts the edit', () => {
    expect(prove(text.replace('v1', 'v2'))).toEqual({ ok: true })
  })

  test.each<[string, string]>([
    ['nothing changed', text],
    ['another value', text.replace('v1', 'v3')],
    ['a number', text.replace('v1', '2')],
    ['the comment', text.replace('v1 # c', 'v2 # d')],
    ['spaces', text.replace('v1 #', 'v2  #')],
    ['another scalar', text.replace('v1', 'v2').replace('"v1"', '"v2"')],
    ['other quotes', text.replace('v1', 'v2').replace('"v1"', "'v1'")],
    ['another anchor', text.replace('v1', 'v2').replaceAll('x', 'y')],
    ['the alias', text.replace('v1', 'v2').replace('*x', 'v1')],
    ['a line of the block', text.replace('v1', 'v2').replace('f: v1', 'f: v2')],
    ['one more key', `${text.replace('v1', 'v2')}g: 1\n`],
    ['no longer YAML', text.replace('v1', 'v2: x: y')],
    ['the last newline', text.replace('v1', 'v2').trimEnd()],
    ['a joined comment', text.replace('v1 # c', 'v2# c')],
  ])('refuses: %s', (_, edited) => {
    expect(prove(edited).ok).toBe(false)
  })

  test('replaceScalar is one splice', () => {
    expect(replaceScalar(text, siteAt(text, ['a']), 'v2')).toEqual({ ok: true, text: text.replace('v1', 'v2') })
  })
})
