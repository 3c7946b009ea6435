import { formatCommitMessage } from '../forge/commit-message.ts'
import { quoteName } from '../forge/trailers.ts'
import type { Plan } from './plan.ts'
import type { Wanted } from './wanted.ts'

const MOST_LINES = 50

/** Title, what changes line by line, and the trailers by which later runs and people know the commit. */
export function commitMessageOf({ action }: Pick<Plan, 'action'>, { request }: Wanted, signature?: string): string {
  const { promotions, environment, title } = request
  const lines = promotions.flatMap(({ changes }) =>
    changes.map(({ target, old, new: value }) => `${quoteName(target.file)}: ${quoteName(old)} -> ${quoteName(value)}`),
  )
  const more = lines.length - MOST_LINES
  return formatCommitMessage({
    subject: title,
    body: [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    action,
    apps: promotions.map(({ app }) => app),
    from: [...new Set(promotions.flatMap(({ from }) => from))],
    to: environment,
    ...(signature !== undefined && { signature }),
  })
}
