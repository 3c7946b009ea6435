import type { Pull } from '../model/pull.ts'
import { connection, type PageArguments } from './connection.ts'
import { type Context, need } from './context.ts'
import { pullNode } from './pull.ts'

export interface PullArguments extends PageArguments {
  states?: readonly string[] | null
  headRefName?: string | null
  baseRefName?: string | null
  labels?: readonly string[] | null
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null
}

/** Pull requests that match, oldest first unless ordered otherwise. */
export function pullConnection(context: Context, name: string, pulls: readonly Pull[], args: PullArguments) {
  need(context, 'pull_requests=read')
  const found = pulls.filter((pull) => matches(pull, args)).sort(orderOf(args))
  return connection(name, args, found, (pull) => pullNode(context, pull))
}

export const stateOf = (pull: Pull): 'CLOSED' | 'MERGED' | 'OPEN' =>
  pull.merged ? 'MERGED' : pull.state === 'open' ? 'OPEN' : 'CLOSED'

function matches(pull: Pull, { states, headRefName, baseRefName, labels }: PullArguments): boolean {
  const wanted = labels?.map((label) => label.toLowerCase())
  return (
    (!states || states.includes(stateOf(pull))) &&
    (headRefName == null || pull.head === headRefName) &&
    (baseRefName == null || pull.base === baseRefName) &&
    (!wanted || pull.labels.some(({ name }) => wanted.includes(name.toLowerCase())))
  )
}

function orderOf({ orderBy }: PullArguments): (a: Pull, b: Pull) => number {
  const sign = orderBy?.direction === 'DESC' ? -1 : 1
  const key = ({ comments, updatedAt, createdAt }: Pull) =>
    orderBy?.field === 'COMMENTS'
      ? String(comments.length).padStart(6)
      : orderBy?.field === 'UPDATED_AT'
        ? updatedAt
        : createdAt
  return (a, b) => sign * (key(a).localeCompare(key(b)) || a.number - b.number)
}
