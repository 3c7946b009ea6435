import { mayDo, type Token } from '../model/people.ts'
import type { World } from '../model/world.ts'
import { notAccessible } from '../problem.ts'

/** Who asks what. A builder of nodes gets it once; the fields below keep it. */
export interface Context {
  world: World
  token: Token
}

/** Throws what GitHub answers a token that lacks the permission: the field is null and the error names it. */
export function need({ world, token }: Context, permission: string): void {
  const readable = permission.endsWith('=read') && !world.settings.private
  if (!readable && !mayDo(token, permission)) throw notAccessible()
}
