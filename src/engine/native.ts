import { Refusal } from '../report/failure.ts'
import type { EngineOptions, Engines } from './engines.ts'
import { renderTemplate } from './native-helm.ts'
import { buildKustomization } from './native-kustomize.ts'
import { openSession } from './native-session.ts'
import { openToolbox } from './native-tools.ts'

type StartEngines = (files: ReadonlyMap<string, Uint8Array>, options: EngineOptions) => Engines

export interface NativeSettings {
  environment: Readonly<Record<string, string | undefined>>
  /** Folders whose files a pull request can change: no program of theirs is started. */
  workspaces: readonly string[]
  /** Where temporary files go; outside the workspaces. */
  temporary: string
  /** Whether the tools may fetch what kustomizations and charts name. */
  allowRemote: boolean
  /** Takes a sentence about a tool that is not of the version that is embedded. */
  note(message: string): void
  /** For Flux's substitution, which neither tool does. */
  startEmbedded: StartEngines
}

/**
 * kustomize and Helm from PATH behind the interface of the embedded engines, whose bytes they give. Their methods
 * reject with a `Refusal` where a tool is missing.
 */
export function openNativeRenderer(settings: NativeSettings): StartEngines {
  if (process.platform === 'win32') {
    throw new Refusal('--renderer native needs Linux or macOS; leave it out to use the embedded renderer.')
  }
  const { environment, workspaces, note } = settings
  const tools = openToolbox(environment.PATH, workspaces, note)

  return (files, options) => {
    const session = openSession(files, options, { ...settings, tools })
    let embedded: Engines | undefined
    return {
      kustomize: (request) => buildKustomization(request, session),
      helm: (request) => renderTemplate(request, session),
      substitute(request) {
        embedded ??= settings.startEmbedded(new Map(), options)
        return embedded.substitute(request)
      },
      async close() {
        await session.close()
        await embedded?.close()
      },
    }
  }
}
