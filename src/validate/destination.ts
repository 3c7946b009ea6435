import type { PathEnvironment } from '../config/path-environment.ts'
import { type Governed, governorOf } from '../source/operator.ts'

/** Where resources go. Two of the same identity in one destination are one too many. */
export interface Destination {
  key: string
  /** Whether the cluster is known, so that an absent namespace means this one. */
  namespace?: string
  /** By the look of a folder's name alone: there may be several clusters behind it. */
  guessed?: true
}

/**
 * The contract's order: the cluster that Flux, Argo CD or `cluster` names, else the layout's environment, else each
 * rendered source by itself and all plain manifests together.
 */
export function destinationOf(
  folder: string,
  environment: PathEnvironment | undefined,
  governed: readonly Governed[],
  otherwise: string,
): Destination {
  const governor = governorOf(governed, folder)
  const namespace = governor?.namespace ?? 'default'
  const cluster = governor?.cluster ?? environment?.cluster
  if (cluster !== undefined) return { key: `cluster ${cluster}`, namespace }
  if (environment) {
    const { name, guessed } = environment
    return { key: `environment ${name}`, namespace, ...(guessed && { guessed }) }
  }
  return { key: otherwise }
}
