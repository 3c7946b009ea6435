import { describe, expect, test } from 'vitest'
import type { VersionField } from '../../src/image/field.ts'
import { findVersionFields } from '../../src/image/fields.ts'
import { fieldKeys, matchFields } from '../../src/image/identity.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import { readYaml } from '../../src/yaml/read.ts'

/** The fields of one environment's files, given by their path below the environment. */
function side(env: string, files: Record<string, string>): VersionField[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const file = { path: `envs/${env}/${path}`, yaml: readYaml(text, limits) }
    return findVersionFields(file, { promote: ['images', 'charts', 'refs'], limits }).fields
  })
}

const below = ({ file }: VersionField) => file.split('/').slice(2).join('/')

function match(source: Record<string, string>, target: Record<string, string>) {
  const matched = matchFields(side('staging', source), side('prod', target), below)
  const told = (field: VersionField) => `${field.image ?? field.chart ?? field.repository ?? '-'} ${field.value}`
  return {
    pairs: matched.pairs.map((pair) => `${told(pair.source)} → ${told(pair.target)}`),
    sourceOnly: matched.sourceOnly.map(told),
    targetOnly: matched.targetOnly.map(told),
  }
}

function deployment(name: string, ...containers: [name: string, image: string][]): string {
  const list = containers.map(([container, image]) => `{ name: ${container}, image: "${image}" }`).join(', ')
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [${list}] } } }\n`
}

describe('matchFields', () => {
  test('an image repository that occurs once decides, wherever it stands and however it is written', () => {
    expect(
      match(
        { 'deploy.yaml': deployment('a', ['x', 'nginx:1']) },
        { 'other.yaml': deployment('b', ['y', 'docker.io/library/nginx:2']) },
      ),
    ).toEqual({
      pairs: ['nginx 1 → docker.io/library/nginx 2'],
      sourceOnly: [],
      targetOnly: [],
    })
  })

  test('a repository that occurs twice is told apart by container name', () => {
    const source = deployment('web', ['a', 'app:v1'], ['b', 'app:v2'])
    const target = deployment('web', ['b', 'app:v0'], ['a', 'app:v9'])
    expect(match({ 'd.yaml': source }, { 'd.yaml': target }).pairs).toEqual(['app v2 → app v0', 'app v1 → app v9'])
  })

  test('a repository that differs between environments is matched by place', () => {
    const source = { 'd.yaml': deployment('web', ['web', 'dev.example.org/web:v2'], ['log', 'log:v5']) }
    const target = { 'd.yaml': deployment('web', ['web', 'prod.example.org/web:v1'], ['log', 'log:v4']) }
    expect(match(source, target).pairs).toEqual(['dev.example.org/web v2 → prod.example.org/web v1', 'log v5 → log v4'])
  })

  test('the only object of its kind in a file matches whatever its name', () => {
    const source = { 'd.yaml': deployment('web-staging', ['web', 'dev.example.org/web:v2']) }
    const target = { 'd.yaml': deployment('web-prod', ['web', 'prod.example.org/web:v1']) }
    expect(match(source, target).pairs).toEqual(['dev.example.org/web v2 → prod.example.org/web v1'])
  })

  test('two objects of a kind with other names match nothing', () => {
    const two = (env: string) =>
      `${deployment(`web-${env}`, ['c', `${env}/web:v1`])}---\n${deployment(`api-${env}`, ['c', `${env}/api:v1`])}`
    expect(match({ 'd.yaml': two('dev') }, { 'd.yaml': two('prod') })).toEqual({
      pairs: [],
      sourceOnly: ['dev/web v1', 'dev/api v1'],
      targetOnly: ['prod/web v1', 'prod/api v1'],
    })
  })

  test('what one side lacks stays alone', () => {
    const matched = match(
      { 'kustomization.yaml': 'images: [{ name: a, newTag: v1 }, { name: b, newTag: v1 }]\n' },
      {
        'kustomization.yaml': `images: [{ name: b, newTag: v0 }, { name: c, newTag: v0, digest: sha256:${'0'.repeat(64)} }]\n`,
      },
    )
    expect(matched.pairs).toEqual(['b v1 → b v0'])
    expect(matched.sourceOnly).toEqual(['a v1'])
    expect(matched.targetOnly).toEqual(['c v0', `c sha256:${'0'.repeat(64)}`])
  })

  test('tags without a repository are matched by path', () => {
    const values = (web: string, api: string) => `web: { image: { tag: ${web} } }\napi: { image: { tag: ${api} } }\n`
    expect(match({ 'values.yaml': values('v2', 'v3') }, { 'values.yaml': values('v1', 'v0') }).pairs).toEqual([
      '- v2 → - v1',
      '- v3 → - v0',
    ])
  })

  test('charts by name, Git repositories in any spelling', () => {
    const app = (chart: string, ref: string, url: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: x }\nspec: { sources: [ { repoURL: "https://c", chart: redis, targetRevision: ${chart} }, { repoURL: "${url}", targetRevision: ${ref} } ] }\n`
    const matched = match(
      { 'a.yaml': app('1.1.0', 'v2', 'https://github.com/o/r.git') },
      { 'b.yaml': app('1.0.0', 'v1', 'https://github.com/o/r') },
    )
    expect(matched.pairs).toEqual([
      'redis 1.1.0 → redis 1.0.0',
      'https://github.com/o/r.git v2 → https://github.com/o/r v1',
    ])
  })

  test('a tag and a digest of one image are two fields', () => {
    const image = (tag: string, digit: string) => `image: app:${tag}@sha256:${digit.repeat(64)}\n`
    expect(match({ 'v.yaml': image('v2', '2') }, { 'v.yaml': image('v1', '1') }).pairs).toEqual([
      'app v2 → app v1',
      `app sha256:${'2'.repeat(64)} → app sha256:${'1'.repeat(64)}`,
    ])
  })
})

test('keys hold whatever a path or name may hold', () => {
  const [field] = side('staging', { 'a.yaml': deployment('a', ['__proto__', 'app:v1']) })
  expect(fieldKeys(field as VersionField, 'a","b')).toEqual({
    source: '["tag","docker.io/library/app"]',
    place: '["tag","a\\",\\"b","Deployment","a","spec","template","spec","containers","name=__proto__","image"]',
    kind: '["tag","a\\",\\"b","Deployment","spec","template","spec","containers","name=__proto__","image"]',
  })
})
