import type { Label, Pull } from '../model/pull.ts'
import { findLabel } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { fromNodeId } from '../rest/urls.ts'
import { findRef, type Ref } from '../store/refs.ts'
import type { Context } from './context.ts'
import { refNode } from './git.ts'
import { labelNode, milestoneNode } from './notes.ts'
import { pullNode } from './pull.ts'
import { repositoryNode } from './repository.ts'

const unresolved = (id: string) => new Problem(404, `Could not resolve to a node with the global id of '${id}'`)

export function pullById({ world }: Context, id: string): Pull {
  const { kind, key } = fromNodeId(id)
  const pull = kind === 'PR' ? world.pulls.get(Number(key)) : undefined
  if (!pull) throw unresolved(id)
  return pull
}

export async function refById({ world }: Context, id: string): Promise<Ref> {
  const { kind, key } = fromNodeId(id)
  const ref = kind === 'REF' ? await findRef(world.git, key) : undefined
  if (!ref) throw unresolved(id)
  return ref
}

export function labelById({ world }: Context, id: string): Label {
  const { kind, key } = fromNodeId(id)
  const label = kind === 'LA' ? findLabel(world, key) : undefined
  if (!label) throw unresolved(id)
  return label
}

/** The login of a person, or the slug of a team. */
export function nameById(kind: 'T' | 'U', id: string): string {
  const found = fromNodeId(id)
  if (found.kind !== kind) throw unresolved(id)
  return found.key
}

export function requireRepository({ world }: Context, id: string): void {
  const { kind, key } = fromNodeId(id)
  if (kind !== 'R' || Number(key) !== world.id) throw unresolved(id)
}

/** Anything that has an id and that the stand-in answers for. */
export async function nodeById(context: Context, id: string) {
  const { kind, key } = fromNodeId(id)
  const milestone = context.world.milestones.find(({ number }) => number === Number(key))
  if (kind === 'PR') return pullNode(context, pullById(context, id))
  if (kind === 'REF') return refNode(context, await refById(context, id))
  if (kind === 'LA') return { __typename: 'Label', ...labelNode(context, labelById(context, id)) }
  if (kind === 'MI' && milestone) return { __typename: 'Milestone', ...milestoneNode(context, milestone) }
  requireRepository(context, id)
  return repositoryNode(context)
}
