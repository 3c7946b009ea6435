import { expect, test } from 'vitest'
import type { Engines, KustomizeRequest, KustomizeResource, RenderResult } from '../../src/engine/engines.ts'
import { locatedLater } from '../../src/source/render-origins.ts'

const request: KustomizeRequest = { path: 'overlay', loadRestrictor: 'root-only' }

function resource(text: string, path?: string): KustomizeResource {
  return { text, ...(path !== undefined && { origin: { path } }), transformations: [] }
}

/** Engines that answer every build alike, and what they were asked. */
function answering(result: RenderResult<KustomizeResource>) {
  const asked: KustomizeRequest[] = []
  const unused = () => Promise.reject(new Error('not asked for'))
  const engines: Engines = {
    kustomize: async (each) => {
      asked.push(each)
      return result
    },
    helm: unused,
    substitute: unused,
    close: async () => {},
  }
  return { engines, asked }
}

test('origins are asked for once, for all resources of a build, and only when somebody needs one', async () => {
  const { engines, asked } = answering({
    ok: true,
    resources: [resource('a', 'a.yaml'), resource('b', 'b.yaml')],
    warnings: [],
  })
  const [a, b] = locatedLater([resource('a'), resource('b')], engines, request)
  expect(a?.current().origin).toBeUndefined()
  expect(asked).toEqual([])

  await Promise.all([a?.locate(), b?.locate()])

  expect(asked).toEqual([{ ...request, origins: true }])
  expect([a?.current().origin?.path, b?.current().origin?.path]).toEqual(['a.yaml', 'b.yaml'])
})

test('a resource that the second build makes otherwise keeps what is known of it', async () => {
  const { engines } = answering({ ok: true, resources: [resource('c', 'c.yaml')], warnings: [] })
  const [a, b] = locatedLater([resource('a'), resource('b')], engines, request)
  await a?.locate()
  expect([a?.current(), b?.current()]).toEqual([resource('a'), resource('b')])
})

test('a second build that fails leaves the resources as they are', async () => {
  const { engines } = answering({ ok: false, reason: 'deadline', message: 'too slow', warnings: [] })
  const [a] = locatedLater([resource('a')], engines, request)
  await a?.locate()
  expect(a?.current()).toEqual(resource('a'))
})
