import type { Engines, KustomizeRequest, KustomizeResource } from '../engine/engines.ts'

/** One resource of a build, with its origin as soon as that was asked for. */
export interface LocatedResource {
  /** As built; after `locate`, as built with origins. */
  current(): KustomizeResource
  /** Finds out where the resources of this build come from, once for all of them. */
  locate(): Promise<void>
}

/**
 * The resources of a build whose origins are not known yet. They take another build, so they are asked for only where
 * there is something to place; if that build fails, places are as good as they can be without.
 */
export function locatedLater(
  built: readonly KustomizeResource[],
  engines: Engines,
  request: KustomizeRequest,
): LocatedResource[] {
  let located: readonly KustomizeResource[] = []
  let asked: Promise<void> | undefined
  const ask = async () => {
    const again = await engines.kustomize({ ...request, origins: true })
    if (again.ok) located = again.resources
  }
  const locate = () => {
    asked ??= ask()
    return asked
  }
  return built.map((resource, index) => ({
    current: () => (located[index]?.text === resource.text ? (located[index] ?? resource) : resource),
    locate,
  }))
}
