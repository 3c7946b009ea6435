import { join } from 'node:path'
import type { KustomizeRequest, KustomizeResource, RenderResult } from './engines.ts'
import { askingForOrigins, splitResources, withOrigins } from './native-origins.ts'
import type { NativeSession } from './native-session.ts'
import { isInside, outside } from './native-workplace.ts'

/**
 * Builds a kustomization as the embedded kustomize does. Rejects with a `Refusal` where kustomize is missing, or helm
 * while the kustomization has charts.
 *
 * Origins come from a second build with annotations, which could change the outcome (a JSON patch may add an annotation
 * only where there are annotations already); so the text is always that of the plain one.
 */
export async function buildKustomization(
  request: KustomizeRequest,
  session: NativeSession,
): Promise<RenderResult<KustomizeResource>> {
  const { path } = request
  const title = `kustomize build ${path}`
  if (!isInside(path)) return outside(title)
  const kustomize = await session.use('kustomize')
  // Not for what is fetched: nobody could scan its charts.
  const helm = session.inflatesCharts() && session.has('helm') ? join(session.place.bin, 'helm') : undefined
  const args = buildArguments(request, helm)
  const build = (tree: string) => session.run(title, kustomize, [...args, '--', join(tree, path)])

  const traced = request.origins !== false && askForOrigins(path, session)
  const [plain, tracked] = await Promise.all([
    build(session.place.tree),
    traced ? build(session.place.tracked()) : undefined,
  ])
  if (!plain.ok) {
    if (session.inflatesCharts() && plain.message.includes('must specify --enable-helm')) await session.use('helm')
    return plain
  }
  const records = tracked?.ok ? splitResources(tracked.text) : []
  return { ok: true, resources: withOrigins(splitResources(plain.text), records, path), warnings: plain.warnings }
}

/** @param helm what to inflate charts with; without it kustomize refuses them. */
function buildArguments(request: KustomizeRequest, helm: string | undefined): string[] {
  return [
    'build',
    `--load-restrictor=${request.loadRestrictor === 'none' ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly'}`,
    ...(helm === undefined ? [] : ['--enable-helm', `--helm-command=${helm}`]),
    ...(request.kubeVersion ? [`--helm-kube-version=${request.kubeVersion}`] : []),
    ...(request.apiVersions ?? []).map((version) => `--helm-api-versions=${version}`),
  ]
}

const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** Changes the second copy of a kustomization, so that a build of it tells where its resources come from. */
function askForOrigins(folder: string, { files, place }: NativeSession): boolean {
  const file = KUSTOMIZATION_NAMES.map((name) => join(folder, name)).find((path) => files.has(path))
  const changed = file === undefined ? undefined : askingForOrigins(new TextDecoder().decode(files.get(file)))
  if (file === undefined || changed === undefined) return false
  place.replace(join(place.tracked(), file), changed)
  return true
}
