import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultInTemplate } from '../../src/source/template-fault.ts'
import { DEFAULT_YAML_LIMITS } from '../../src/yaml/limits.ts'
import { placed, validated } from './validate-world.ts'

const HEAD = ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: {{ .Release.Name }}-{{ .Values.name }}']

/** The marked line is the one at fault; the mark itself is taken out. */
const CASES: [what: string, lines: string[]][] = [
  ['a key too far to the right', [...HEAD, '!   labels:', '    a: b']],
  [
    'the same below what renders to nothing',
    ['{{- /* a comment', 'of two lines */}}', '{{- if true }}', ...HEAD, '!   labels: {}', '{{- end }}'],
  ],
  ['a key too far to the left', [...HEAD, '  labels:', '      a: b', '!    c: d']],
  [
    'an inserted block that is indented too little',
    [...HEAD, '  labels:', '!{{ toYaml .Values.labels | indent 1 }}', 'data:', '  a: b'],
  ],
  [
    'the second of two blocks',
    [
      ...HEAD,
      '  labels:',
      '    {{- toYaml .Values.labels | nindent 4 }}',
      '  annotations:',
      '!    {{- toYaml .Values.labels | nindent 1 }}',
      'data: {}',
    ],
  ],
  ['a bracket that nobody closes', [...HEAD, 'data:', '! a: [b', '']],
]

describe('the line of a template that renders to no YAML', () => {
  test.each(CASES)('%s', async (_, lines) => {
    const line = lines.findIndex((each) => each.startsWith('!')) + 1
    const { report } = await validated({
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': 'name: x\nlabels: { a: b, c: d }\n',
      'templates/map.yaml': `${lines.join('\n').replace('!', '')}\n`,
    })
    expect(report.findings).toHaveLength(1)
    const column = (lines[line - 1] as string).slice(1).search(/\S/) + 1
    expect(report.findings.map(placed)).toEqual([`render/helm templates/map.yaml:${line}:${column}`])
  })
})

test.each([
  ['', undefined, 1],
  ['a: b\n', 99, 2],
  ['{{ include "all" . }}\n', 40, 1],
])('%j, line %s', (text, line, expected) => {
  expect(faultInTemplate(text, line, DEFAULT_YAML_LIMITS).line).toBe(expected)
})

test.each([
  ['an action over several lines', 'a: {{ dict\n  "b" 1\n}}\nc: d\n   e: f\n', 5],
  ['an action that nobody closes', 'a: b\n   c: {{ .Values.d\n', 2],
])('%s', (_, text, line) => expect(faultInTemplate(text, 1, DEFAULT_YAML_LIMITS).line).toBe(line))

test('any text has a place within it', () => {
  const part = fc.constantFrom('{{', '}}', '/*', '*/', '- ', 'a: ', '\n', '\r\n', '  ', 'toYaml', '[', '"', '\u0001')
  const template = fc.array(part).map((parts) => parts.join(''))
  fc.assert(
    fc.property(template, fc.option(fc.nat(40), { nil: undefined }), (text, told) => {
      const { line, column } = faultInTemplate(text, told, DEFAULT_YAML_LIMITS)
      const lines = text.split(/\r\n|\r|\n/)
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(lines.length)
      expect(column).toBeGreaterThan(0)
    }),
  )
})
