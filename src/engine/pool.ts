import type { EngineOptions, Engines, RenderResult } from './engines.ts'
import { RequestQueue } from './queue.ts'

/**
 * The embedded kustomize, Helm and Flux substitution for the files of one revision (paths relative to its root).
 * Threads do not keep the process alive, requests under way do. Which thread answers makes no difference to the
 * answer. The promises do not reject, unless `values` hold what JSON cannot (a bigint).
 */
export function startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines {
  const queue = new RequestQueue(files, options)

  async function render<T>(title: string, request: object): Promise<RenderResult<T>> {
    const outcome = await queue.ask(title, request)
    if ('failure' in outcome) return outcome.failure
    return { ok: true, resources: (outcome.answer.resources ?? []) as T[], warnings: outcome.warnings }
  }

  return {
    kustomize: ({ path, loadRestrictor, origins = true, kubeVersion = '', apiVersions = [] }) =>
      render(`kustomize build ${path}`, {
        operation: 'kustomize',
        ...{ path, loadRestrictor, origins, kubeVersion, apiVersions },
      }),
    helm: (request) => render(`helm template ${request.chart}`, { operation: 'helm', ...request }),
    substitute: async (request) => {
      const outcome = await queue.ask('The substitution of variables', { operation: 'substitute', ...request })
      return 'failure' in outcome ? outcome.failure : { ok: true, text: outcome.answer.text ?? '' }
    },
    close: () => queue.close(),
  }
}
