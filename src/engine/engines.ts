/** What the embedded engines answer, and how they are asked. `startEngines` makes one. */
export interface Engines {
  /** Builds the kustomization in a folder; resources in the order `kustomize build` prints them. */
  kustomize(request: KustomizeRequest): Promise<RenderResult<KustomizeResource>>
  /** Renders a chart folder; documents in the order `helm template` prints them. */
  helm(request: HelmRequest): Promise<RenderResult<HelmDocument>>
  /** Replaces `${name}` in a text as Flux's `postBuild` does. */
  substitute(request: SubstituteRequest): Promise<SubstituteResult>
  /** Ends all workers; what is still under way is answered as crashed. */
  close(): Promise<void>
}

/** All paths are relative to the root of the loaded revision, with `/`; the root itself is `.`. */
export interface KustomizeRequest {
  path: string
  /** kustomize's `--load-restrictor`: whether files outside the kustomization's folder may be read. */
  loadRestrictor: 'root-only' | 'none'
  /**
   * Whether to find out where resources come from (default true). It takes as long again, and for large or much
   * patched sources several times as long, so ask first without, and again for the sources that need it.
   */
  origins?: boolean
  /** What charts of `helmCharts` see unless they say so themselves: kustomize's `--helm-kube-version`. */
  kubeVersion?: string
  /** Likewise kustomize's `--helm-api-versions`. */
  apiVersions?: string[]
}

export interface HelmRequest {
  /** The folder of a chart, or its archive. */
  chart: string
  release: string
  namespace: string
  /** Values files of the repository; later ones win. */
  valuesFiles: string[]
  /** Win over all values files. */
  values?: Record<string, unknown>
  /** What the chart sees as the cluster's version, e.g. `1.34.4`; empty means Helm's own default. */
  kubeVersion: string
  /** What the chart sees as served beside Helm's own list, e.g. `monitoring.coreos.com/v1`. */
  apiVersions: string[]
  /** Whether `crds/` is part of the result. */
  includeCrds: boolean
}

export interface SubstituteRequest {
  text: string
  variables: Record<string, string>
  /** Whether a variable without value or default is an error. */
  strict: boolean
}

export interface KustomizeResource {
  /** Exactly as `kustomize build` prints it; all of them joined with `---\n` are its output. */
  text: string
  /** Where the resource came from; absent if that was not asked for, or kustomize does not know. */
  origin?: KustomizeOrigin
  /** The transformers that ran after it was read, in their order; kustomize does not tell whether they changed it. */
  transformations: KustomizeOrigin[]
}

/** kustomize's own record (`config.kubernetes.io/origin`), its paths made relative to the repository root. */
export interface KustomizeOrigin {
  /** The file that holds the resource. */
  path?: string
  /** The kustomization file whose field generated or transformed it. */
  configuredIn?: string
  configuredBy?: { apiVersion?: string; kind?: string; name?: string; namespace?: string }
  /** Of a chart in `helmCharts`: the template's file, which is not in the repository if the chart is packed. */
  template?: string
}

export interface HelmDocument {
  /** As in Helm's `# Source:` line: the chart's name, then the path within it. */
  template: string
  /**
   * Exactly as `helm template` prints it, from its `---` line on; all of them joined are its output (which begins with
   * an empty line if there is nothing but hooks). A file of `crds/` is one document, however many it holds.
   */
  text: string
}

/**
 * `message` and `warnings` are untrusted text from the tools: data, to be shown only through the sink.
 * - `failed`: the tool itself says no.
 * - `deadline`, `memory`: a limit was hit; the message names it.
 * - `crashed`: the engine broke on this request; others are not affected.
 */
export type EngineFailure = {
  ok: false
  reason: 'failed' | 'deadline' | 'memory' | 'crashed'
  message: string
  warnings: string[]
}

export type RenderResult<T> = { ok: true; resources: T[]; warnings: string[] } | EngineFailure

export type SubstituteResult = { ok: true; text: string } | EngineFailure

export interface EngineOptions {
  /** At most this many threads; each is started only when requests queue. */
  workers: number
  /** Milliseconds for one request. */
  deadline: number
  /** Bytes that one engine's memory may grow to. */
  memory: number
}
