import type { EngineFailure, HelmRequest, KustomizeRequest } from '../../src/engine/engines.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { filesBelow } from '../effects/engine-samples.ts'
import { nativeHelm, nativeKustomize, type Printed } from './render-native.ts'

export interface Pair {
  embedded: Printed
  native: Printed
}

/** Both renderers over one folder of files. */
export function bothRenderers(root: string) {
  const files = filesBelow(root)
  const engines = startEngines(files, { workers: 1, deadline: 120_000, memory: 1024 * 1024 * 1024 })
  return {
    files,
    close: () => engines.close(),
    async kustomize(request: KustomizeRequest): Promise<Pair> {
      const result = await engines.kustomize(request)
      const embedded = result.ok ? printed(result.resources.map(({ text }) => text).join('---\n')) : said(result)
      return { embedded, native: nativeKustomize(root, request) }
    },
    async helm(request: HelmRequest): Promise<Pair> {
      const result = await engines.helm(request)
      const embedded = result.ok ? printed(result.resources.map(({ text }) => text).join('')) : said(result)
      return { embedded, native: nativeHelm(root, request) }
    },
  }
}

function printed(text: string): Printed {
  return { ok: true, text }
}

function said(failure: EngineFailure): Printed {
  return { ok: false, message: failure.message }
}
