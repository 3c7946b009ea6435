import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocations } from '../../src/kubernetes/locations.ts'
import { schemaFilesIn } from '../../src/kubernetes/locations-files.ts'

interface Resource {
  apiVersion: string
  kind: string
  [field: string]: unknown
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locations-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}

function open(...templates: string[]) {
  const get = () => Promise.reject(new Error('no network here'))
  const ports = { readFile: schemaFilesIn(folder), get, bundled: () => false }
  return openLocations(templates, ports, { kubernetes: '1.34', strict: true })
}

/** The paths that are at fault in a resource, or why nothing can be said of it. */
async function verdict(locations: ReturnType<typeof open>, resource: Resource) {
  const found = await locations.find(resource.apiVersion, resource.kind)
  if (found.is !== 'found') return found.is
  return found.judge(resource).map(({ rule, path }) => `${rule} ${path.join('.')}`)
}

test("a catalog laid out like kubeconform's judges built-in kinds", async () => {
  const meta = {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: { name: { type: ['string', 'null'] } },
  }
  await write('schemas/v1.34.0-standalone-strict/service-v1.json', {
    $schema: 'http://json-schema.org/schema#',
    type: 'object',
    additionalProperties: false,
    properties: {
      apiVersion: { type: ['string', 'null'], enum: ['v1'] },
      kind: { type: ['string', 'null'], enum: ['Service'] },
      metadata: meta,
      spec: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { port: { oneOf: [{ type: ['string', 'null'] }, { type: ['integer', 'null'] }] } },
      },
    },
    'x-kubernetes-group-version-kind': [{ group: '', kind: 'Service', version: 'v1' }],
  })
  const locations = open('schemas')
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }

  expect(await verdict(locations, { ...service, spec: { port: 80 } })).toEqual([])
  expect(await verdict(locations, { ...service, spec: { port: null } })).toEqual([])
  expect(await verdict(locations, { ...service, spec: { port: 1.5, prot: 1 }, sepc: {} })).toEqual([
    'schema/invalid spec.port',
    'schema/unknown-field spec.prot',
    'schema/unknown-field sepc',
  ])
})

test('a catalog that shares its definitions judges kinds that refer to each other', async () => {
  const template = '{{ .NormalizedKubernetesVersion }}/{{ .ResourceKind }}{{ .KindSuffix }}.json'
  const reference = (name: string) => ({ $ref: `_definitions.json#/definitions/${name}` })
  await write('v1.34.0/lamp-example-v1.json', reference('com.example.v1.Lamp'))
  await write('v1.34.0/_definitions.json', {
    definitions: {
      'com.example.v1.Lamp': { type: 'object', properties: { spec: { $ref: '#/definitions/com.example.v1.Spec' } } },
      'com.example.v1.Spec': {
        additionalProperties: false,
        properties: { next: { $ref: '#/definitions/com.example.v1.Spec' } },
      },
    },
  })
  const lamp = { apiVersion: 'example.com/v1', kind: 'Lamp', spec: { next: { next: { nxt: {} } } } }
  expect(await verdict(open(template), lamp)).toEqual(['schema/unknown-field spec.next.next.nxt'])
})

test('a catalog of custom resources, converted as most are, judges them', async () => {
  await write('crds/example.com/lamp_v1beta1.json', {
    description: 'A lamp.',
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        required: ['watts'],
        additionalProperties: false,
        properties: {
          watts: { type: 'integer', minimum: 0, exclusiveMinimum: true, format: 'int32' },
          port: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
        },
      },
    },
  })
  const locations = open('other', 'crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json')
  const lamp = { apiVersion: 'example.com/v1beta1', kind: 'Lamp' }

  expect(await verdict(locations, { ...lamp, spec: { watts: 40, port: 'http' } })).toEqual([])
  expect(await verdict(locations, { ...lamp, spec: { watts: 0, port: true } })).toEqual([
    'schema/invalid spec.watts',
    'schema/invalid spec.port',
  ])
  expect(await verdict(locations, { ...lamp, spec: {} })).toEqual(['schema/missing spec'])
  expect(await verdict(locations, { ...lamp, apiVersion: 'example.com/v1' })).toBe('missing')
})

test('what cannot be read as a schema is told by name', async () => {
  await write('folder.json/a.txt', '')
  await write('utf16.json', Buffer.from('{}', 'utf16le').toString('latin1'))
  await write('bytes.json', '\ufeff{"type": "object"}')
  await write('large.json', '')
  await truncate(join(folder, 'large.json'), 17 * 1024 * 1024)
  const locations = open('{{ .ResourceKind }}.json')

  expect(await verdict(locations, { apiVersion: 'v1', kind: 'Bytes' })).toEqual([])
  for (const kind of ['Folder', 'Utf16', 'Large']) {
    expect(await verdict(locations, { apiVersion: 'v1', kind })).toBe('failed')
  }
  expect(locations.failures().map(({ message }) => message)).toEqual([
    'The schema folder.json cannot be read: it is no file.',
    'The schema large.json cannot be read: it exceeds the limit schema-bytes (16777216).',
    'The schema utf16.json is no JSON.',
  ])
})
