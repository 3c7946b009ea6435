import { expect, test } from 'vitest'
import { mutableTag } from '../../src/validate/rules/mutable-tag.ts'

function messagesOf(image: string): string[] {
  const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image }] } }
  const resource = { ...value, name: 'a', value, place: () => ({ file: 'a.yaml', line: 1, column: 1 }) }
  return mutableTag(resource).map(({ message }) => message)
}

test.each([
  ['nginx', 'nginx has no tag, so whatever is latest runs.'],
  ['ghcr.io/acme/web', 'ghcr.io/acme/web has no tag, so whatever is latest runs.'],
  ['localhost:5000/web', 'localhost:5000/web has no tag, so whatever is latest runs.'],
  ['ghcr.io/acme/web:latest', 'The tag latest of ghcr.io/acme/web moves: the same manifest may run different images.'],
])('%s', (image, message) => {
  expect(messagesOf(image)).toEqual([message])
})

test.each(['ghcr.io/acme/web:v1', `ghcr.io/acme/web@sha256:${'a'.repeat(64)}`])('%s stays what it is', (image) => {
  expect(messagesOf(image)).toEqual([])
})
