import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendJobSummary } from '../../src/action/job-summary.ts'
import { code, markdown } from '../../src/report/markdown.ts'
import { formatSummary } from '../../src/report/summary.ts'
import { REPOSITORY } from '../../src/version.ts'
import { findingOf, findingsOf, hostile, hostileReport, reportOf } from './report-fixture.ts'

const HERE = { server: 'https://github.com', repository: 'acme/shop', sha: '0123abc', notes: [] }

describe('markdown', () => {
  test.each([
    ['spec.replicas must be 3.', 'spec.replicas must be 3.'],
    ['a | b', 'a &#124; b'],
    ['a \\| b', 'a &#92;&#124; b'],
    ['`x` *b* _i_ ~~s~~ $m$', '&#96;x&#96; &#42;b&#42; &#95;i&#95; &#126;&#126;s&#126;&#126; &#36;m&#36;'],
    ['<img src="x"> &lt;', '&#60;img src=&#34;x&#34;&#62; &#38;lt;'],
    ['![i](u) [l](u) [^1]', '!&#91;i&#93;(u) &#91;l&#93;(u) &#91;^1&#93;'],
    ['@team, o/r#12, #3, GH-4', '@&#8203;team, o/r&#35;&#8203;12, &#35;&#8203;3, GH-&#8203;4'],
    ['https://a.example www.b.example', 'https&#58;&#8203;//a.example www&#8203;&#46;b.example'],
    ['c@d.example', 'c@&#8203;d.example'],
    ['fixed by deadbeef01, port 12345678', 'fixed by d&#8203;eadbeef01, port 12345678'],
    [`sha256:${'ab'.repeat(32)}`, `sha256:${'ab'.repeat(32)}`],
    [':tada: at 1:100:3', ':&#8203;tada: at 1:&#8203;100:3'],
    ['- item', '&#45; item'],
    ['12. item', '12&#8203;. item'],
    ['# title', '&#35; title'],
    ['    code', 'code'],
    ['a\nb\u202ec\u001b[31md', 'a&#92;nb&#92;u{202e}cd'],
  ])('%j becomes %j', (text, expected) => {
    expect(markdown(text)).toBe(expected)
  })

  test('leaves nothing that opens anything', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = markdown(text).replace(/&#\d+;/g, (entity) => (entity === '&#8203;' ? '\u200b' : '·'))
        expect(bare).not.toMatch(/[\\`*_[\]<>&|~$#"\n\r]|^[-+=]|^\d+[.)]|@\w|:\/\/|www\.|\bGH-\d|:[\w+-]+:/i)
      }),
    )
  })
})

describe('code', () => {
  test.each([
    ['a|b`c.yaml:100:3', '<code>a&#124;b&#96;c.yaml:100:3</code>'],
    ['</code><b>', '<code>&#60;/code&#62;&#60;b&#62;</code>'],
    ['a@b.example', '<code>a@&#8203;b.example</code>'],
  ])('%j becomes %j', (text, expected) => {
    expect(code(text)).toBe(expected)
  })
})

describe('formatSummary', () => {
  test('has the verdict, the findings, the coverage and the notes', () => {
    const report = reportOf([
      findingOf({
        severity: 'warning',
        rule: 'image/mutable-tag',
        file: 'apps/a (b).yaml',
        message: 'It moves.',
        help: 'Pin it.',
        source: 'envs/prod',
        sources: 3,
      }),
      findingOf({ message: 'Wrong.' }),
    ])
    expect(formatSummary(report, { ...HERE, notes: ['3 files skipped: ignored by Git (such as a_b.yaml).'] })).toBe(
      `## ❌ invalid: 1 error, 1 warning

3 resources from 2 sources and 4 files · 1 valid, 1 invalid, 0 skipped, 1 not validated · Kubernetes 1.34

### Findings

| Severity | Place | Rule | Message |
| :-- | :-- | :-- | :-- |
| error | [<code>apps/web/deployment.yaml:7:13</code>](https://github.com/acme/shop/blob/0123abc/apps/web/deployment.yaml#L7) | [<code>schema/invalid</code>](DOCS#schemainvalid) | Wrong. |
| warning | [<code>apps/a (b).yaml:7:13</code>](https://github.com/acme/shop/blob/0123abc/apps/a%20%28b%29.yaml#L7)<br>rendered from <code>envs/prod</code> and 2 more | [<code>image/mutable-tag</code>](DOCS#imagemutable-tag) | It moves.<br>Pin it. |

### Coverage

| apiVersion | Kind | Resources | Validated |
| :-- | :-- | --: | :-- |
| <code>apps/v1</code> | <code>Deployment</code> | 2 | yes |
| <code>example.com/v1</code> | <code>Widget</code> | 1 | **no**: no schema known |

### Notes

- 3 files skipped: ignored by Git (such as a&#95;b.yaml).
`.replaceAll('DOCS', `https://github.com/${REPOSITORY}/blob/main/docs/rules.md`),
    )
  })

  test('marks what the change brought, and puts it first', () => {
    const report = reportOf([
      findingOf({ message: 'Old.', introduced: false }),
      findingOf({ message: 'New.', introduced: true }),
    ])
    const rows = formatSummary(report, { notes: [] })
      .split('\n')
      .filter((line) => line.startsWith('| error'))
    expect(rows.map((row) => row.split(' | ')[1])).toEqual(['**new**', ''])
    expect(rows[0]).toContain('New.')
  })

  test.each([
    { notes: [] },
    { ...HERE, server: undefined },
    { ...HERE, repository: undefined },
    { ...HERE, sha: undefined },
  ])('links no place without knowing where the files are: %j', (context) => {
    expect(formatSummary(reportOf([findingOf()]), context)).toContain('| <code>apps/web/deployment.yaml:7:13</code> |')
  })

  test('links nothing for standard input', () => {
    expect(formatSummary(reportOf([findingOf({ file: '-' })]), HERE)).toContain('| <code>-:7:13</code> |')
  })

  test('names the minors where they differ', () => {
    const coverage = [{ apiVersion: 'v1', kind: 'Pod', count: 1, validated: true, kubernetes: '1.33' }]
    const summary = formatSummary(reportOf([], { kubernetes: 'mixed', coverage }), { notes: [] })
    expect(summary).toContain('| <code>v1</code> | <code>Pod</code> | 1.33 | 1 | yes |')
  })

  test('stays below what the runner takes, with every part in it', () => {
    const long = '<'.repeat(100_000)
    const coverage = Array.from({ length: 5000 }, () => ({
      apiVersion: 'v1',
      kind: long,
      count: 1,
      validated: false,
      reason: long,
    }))
    const report = reportOf(
      findingsOf(5000, () => ({ message: long, help: long, file: 'é'.repeat(5000) })),
      { coverage },
    )
    const summary = formatSummary(report, { ...HERE, notes: Array.from({ length: 1000 }, () => long) })
    expect(Buffer.byteLength(summary)).toBeLessThan(900_000)
    expect(summary.match(/^\d+ more findings not shown here; the report lists all\.$/m)).not.toBeNull()
    expect(summary.match(/^\d+ more rows not shown here; the report lists all\.$/m)).not.toBeNull()
    expect(summary.match(/^- \d+ more notes\.$/m)).not.toBeNull()
  })

  test('has a row for each finding and coverage row, and no cell more, whatever they hold', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const rows = formatSummary(report, HERE)
          .split('\n')
          .filter((line) => line.startsWith('|'))
        const cells = rows.map((row) => row.split('|').length)
        const isBased = report.findings.some((finding) => finding.introduced !== undefined)
        const expected = [
          ...(report.findings.length > 0 ? Array(report.findings.length + 2).fill(isBased ? 7 : 6) : []),
          ...(report.coverage.length > 0 ? Array(report.coverage.length + 2).fill(6) : []),
        ]
        expect(cells).toEqual(expected)
      }),
    )
  })
})

describe('appendJobSummary', () => {
  const warnings: string[] = []
  const full = () => {
    throw new Error('no space left on device')
  }

  test('warns where the summary cannot be written', () => {
    appendJobSummary('/summary', 'x', { append: full, warn: (message) => warnings.push(message) })
    expect(warnings).toEqual(['The job summary could not be written: no space left on device'])
  })

  test('writes nothing outside Actions', () => {
    appendJobSummary(undefined, 'x', { append: full, warn: full })
  })

  test('appends', () => {
    const written: string[] = []
    appendJobSummary('/summary', 'x\n', { append: (path, text) => written.push(path, text), warn: full })
    expect(written).toEqual(['/summary', 'x\n'])
  })
})
