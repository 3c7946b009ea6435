import { describe, expect, test } from 'vitest'
import { findInTemplate } from '../../src/source/template-outline.ts'
import type { PathStep } from '../../src/yaml/locate.ts'

const TEMPLATE = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.name" . }}
  labels: {{- toYaml .Values.labels | nindent 4 }}
spec:
  replicas:   three
  template:
    spec:
      containers:
        - name: web
          image: "web:{{ .Values.tag }}"
          ports:
            - containerPort: 80
              name: http
        - name: side
          image: side:1
      volumes:
      - name: data
        emptyDir: {}
{{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  "type": ClusterIP
`

type Case = [kind: string, path: PathStep[], line: number, column: number, value: number | undefined, rest: PathStep[]]

describe('a path is followed by keys and indentation', () => {
  test.each<Case>([
    ['Deployment', ['spec', 'replicas'], 8, 3, 15, []],
    ['Deployment', ['metadata', 'name'], 5, 3, 9, []],
    ['Deployment', ['metadata', 'labels', 'app'], 6, 3, 11, ['app']],
    ['Deployment', ['spec', 'template', 'spec', 'containers', 0, 'image'], 13, 11, 18, []],
    ['Deployment', ['spec', 'template', 'spec', 'containers', 1, 'image'], 18, 11, 18, []],
    ['Deployment', ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'name'], 16, 15, 21, []],
    ['Deployment', ['spec', 'template', 'spec', 'volumes', 0, 'emptyDir'], 21, 9, 19, []],
    ['Deployment', ['spec', 'template', 'spec', 'containers', 1, 'ports', 0], 11, 7, undefined, [1, 'ports', 0]],
    ['Deployment', ['spec', 'strategy', 'type'], 7, 1, undefined, ['strategy', 'type']],
    ['Deployment', [], 3, 1, undefined, []],
    ['Service', ['spec', 'type'], 29, 3, 11, []],
    ['Service', ['spec', 'replicas'], 28, 1, undefined, ['replicas']],
    ['Service', ['status'], 25, 1, undefined, ['status']],
  ])('%s %j', (kind, path, line, column, value, rest) => {
    const match = findInTemplate(TEMPLATE, kind, path)
    expect([match?.position, match?.value?.column, match?.rest]).toEqual([{ line, column }, value, rest])
  })

  test('a template that writes no key has no place', () => {
    expect(findInTemplate('{{ include "all" . }}\n', 'Pod', ['spec'])).toBeUndefined()
  })

  test('line ends of Windows count as one', () => {
    expect(findInTemplate('kind: A\r\nspec:\r\n  a: b\r\n', 'A', ['spec', 'a'])?.value).toEqual({ line: 3, column: 6 })
  })
})
