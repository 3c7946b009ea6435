import { readsAsString } from '../yaml/quote.ts'
import { byRank } from './environment-name.ts'

/** What could be read off a tree, to be completed by a person. */
export interface Proposal {
  layout?: string
  /** Other layouts that the tree would bear. */
  alternatives?: readonly string[]
  environments: readonly string[]
  /** Whether the environments stand in the order of the file already. */
  ordered?: boolean
}

/** A `.gitops.yaml` to complete: the layout, and each environment with the ones before it as its source. */
export function proposalText({ layout, alternatives = [], environments, ordered }: Proposal): string {
  const ranks = ordered ? environments.map((name) => [name]) : byRank(environments)
  const lines = [`layout: ${scalar(layout ?? 'envs/{env}/{app}')}`]
  lines.push(...alternatives.map((other) => `# layout: ${scalar(other)}`), 'environments:')
  ranks.forEach((together, rank) => {
    const from = rank === 0 ? [] : (ranks[rank - 1] as string[])
    lines.push(...together.map((name) => `  ${scalar(name)}:${edge(from)}`))
  })
  if (ranks.length === 0) lines.push('  dev:', '  staging: { from: dev }', '  prod: { from: staging }')
  return `${lines.join('\n')}\n`
}

function edge(from: readonly string[]): string {
  if (from.length === 0) return ''
  const sources = from.map(scalar).join(', ')
  return ` { from: ${from.length === 1 ? sources : `[${sources}]`} }`
}

function scalar(text: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_./{}-]*$/.test(text) && readsAsString(text) ? text : JSON.stringify(text)
}
