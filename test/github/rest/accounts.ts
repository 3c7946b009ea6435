import { notAccessible, notFound } from '../problem.ts'
import { fullRepositoryView } from './repository-view.ts'
import { type Call, ok, type Routes } from './route.ts'
import { publicUserView } from './user-view.ts'

/** The repository itself and who is asking. */
export const accountRoutes: Routes = {
  'repos/get': { accepts: 'metadata=read', answer: ({ world }) => ok(fullRepositoryView(world)) },
  'users/get-authenticated': { accepts: 'metadata=read', answer: authenticated },
  'users/get-by-username': { accepts: 'metadata=read', answer: user },
}

/** An installation's token, GITHUB_TOKEN too, is no user. */
function authenticated({ world, token }: Call) {
  if (token.kind !== 'user') throw notAccessible()
  return ok(publicUserView(world, token.account))
}

function user({ world, path }: Call) {
  const account = world.accounts.get((path.username as string).toLowerCase())
  if (!account) throw notFound()
  return ok(publicUserView(world, account))
}
