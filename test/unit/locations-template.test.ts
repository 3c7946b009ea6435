import { describe, expect, test } from 'vitest'
import { readLocation } from '../../src/kubernetes/locations-template.ts'
import { UsageError } from '../../src/report/failure.ts'

const options = { kubernetes: '1.33.0', strict: true }
const catalog = 'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main'

function place(template: string, apiVersion = 'apps/v1', kind = 'Deployment', more: object = {}): string {
  return readLocation(template, { ...options, ...more }).placeOf(apiVersion, kind)
}

describe('a template', () => {
  test.each([
    ['apps/v1', 'Deployment', 'apps v1 deployment -apps-v1'],
    ['v1', 'Service', 'v1 v1 service -v1'],
    ['networking.k8s.io/v1', 'Ingress', 'networking.k8s.io v1 ingress -networking-v1'],
    ['example.com/v1beta1', 'LampShade', 'example.com v1beta1 lampshade -example-v1beta1'],
  ])('gives the variables of %s %s as kubeconform does', (apiVersion, kind, expected) => {
    const template = '{{ .Group }} {{ .ResourceAPIVersion }} {{ .ResourceKind }} {{ .KindSuffix }} json'
    expect(place(template, apiVersion, kind)).toBe(`${expected} json`)
  })

  test.each([
    ['1.33', 'v1.33.0'],
    ['1.33.4', 'v1.33.4'],
    ['v1.33.4', 'v1.33.4'],
    ['master', 'master'],
  ])('names Kubernetes %s %s', (kubernetes, expected) => {
    expect(place('{{ .NormalizedKubernetesVersion }}.json', 'v1', 'Pod', { kubernetes })).toBe(`${expected}.json`)
  })

  test.each([
    ['a folder', 'schemas', 'schemas/v1.33.0-standalone-strict/deployment-apps-v1.json'],
    [
      'a catalog',
      'https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master',
      'https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master/v1.33.0-standalone-strict/deployment-apps-v1.json',
    ],
    [
      'a catalog of custom resources',
      `${catalog}/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
      `${catalog}/apps/deployment_v1.json`,
    ],
    ['a file', 'schemas/all.json', 'schemas/all.json'],
    ['spaces in braces', '{{.ResourceKind}}{{   .KindSuffix}}.json', 'deployment-apps-v1.json'],
  ])('of %s', (_, template, expected) => {
    expect(place(template)).toBe(expected)
  })

  test('that is not strict has no suffix', () => {
    expect(place('schemas', 'v1', 'Pod', { strict: false })).toBe('schemas/v1.33.0-standalone/pod-v1.json')
  })

  test.each([
    ['default', 'bundle'],
    ['schemas', 'file'],
    ['default/{{ .ResourceKind }}.json', 'file'],
    ['httpdocs/{{ .ResourceKind }}.json', 'file'],
    ['http://localhost:8080', 'url'],
    ['HTTPS://example.com/{{ .ResourceKind }}.json', 'url'],
  ])('%s is a %s', (template, kind) => {
    expect(readLocation(template, options).kind).toBe(kind)
  })

  test.each([
    [
      '{{ .Kind }}.json',
      '--schema-location knows no variable {{ .Kind }}; there are .NormalizedKubernetesVersion, .StrictSuffix, .ResourceKind, .ResourceAPIVersion, .Group, .KindSuffix.',
    ],
    [
      '{{ .ResourceKnd }}.json',
      '--schema-location knows no variable {{ .ResourceKnd }}; did you mean {{ .ResourceKind }}?',
    ],
    ['{{ .constructor }}.json', '--schema-location knows no variable {{ .constructor }}; there are'],
    ['{{ if .Group }}a{{ end }}.json', '--schema-location knows no variable {{ if .Group }}; there are'],
    ['a/{{ .Group.json', '--schema-location "a/{{ .Group.json" lacks }} after {{.'],
    ['ftp://example.com/a.json', '--schema-location takes a path or an http(s) URL, not ftp://….'],
    ['file:///etc/a.json', '--schema-location takes a path or an http(s) URL, not file://….'],
    ['https://{{ .Group }}/a.json', '--schema-location must name its host: https://HOST/….'],
    ['https:///a.json', '--schema-location must name its host: https://HOST/….'],
    [
      'https://user:hunter2@example.com/a.json',
      '--schema-location must not hold a user or password; serve the schemas without, or from a path.',
    ],
    ['https://exa mple.com/a.json', '--schema-location names no host: https://….'],
  ])('%s is a usage error', (template, message) => {
    expect(() => readLocation(template, options)).toThrow(UsageError)
    expect(() => readLocation(template, options)).toThrow(message)
  })
})
