import { createHash } from 'node:crypto'
import type { Change, Promotion } from './plan.ts'

/** What a pull request of ours says to later runs, hidden in its body. */
export interface MachineBlock {
  v: 1
  action: string
  /** The target environment. */
  to: string
  /** By application: a digest of what it moves to. */
  versions: Readonly<Record<string, string>>
  /** In the place of `versions`, where they are too many for a body: eight digits for each application and what it moves to. */
  marks?: string
  /** A digest of all that the text was made of; the same digest means that the text needs no change. */
  inputs: string
  /** Labels, reviewers and milestone have been set; absent where a run ended before. */
  done?: true
}

const BLOCK = /<!-- gitops:(\{.*?\}) -->/

/** One line that Markdown does not show and that no content can end early. */
export function formatMachineBlock(block: MachineBlock): string {
  const json = JSON.stringify(block).replace(
    /[-<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `<!-- gitops:${json} -->`
}

/** The block of a body; `undefined` where there is none, or it is not one of ours. Ask only of bodies that our account wrote. */
export function readMachineBlock(body: string): MachineBlock | undefined {
  const json = BLOCK.exec(body)?.[1]
  if (json === undefined) return undefined
  try {
    const block: unknown = JSON.parse(json)
    return isBlock(block) ? block : undefined
  } catch {
    return undefined
  }
}

function isBlock(value: unknown): value is MachineBlock {
  if (typeof value !== 'object' || value === null) return false
  const { v, action, to, versions, marks = '', inputs } = value as Partial<Record<keyof MachineBlock, unknown>>
  return (
    v === 1 &&
    [action, to, marks, inputs].every((text) => typeof text === 'string') &&
    typeof versions === 'object' &&
    versions !== null
  )
}

/** More names than this would leave a body no room for its text. */
const MOST_NAMED = 300
const MARK = 8
/** What is beyond is proposed again after a person's no. */
const MOST_MARKS = 4000

/** What promotions move to, for a later run to know them by. */
export function versionsOf(promotions: readonly Promotion[]): Pick<MachineBlock, 'versions' | 'marks'> {
  if (promotions.length > MOST_NAMED)
    return { versions: {}, marks: promotions.slice(0, MOST_MARKS).map(markOf).join('') }
  return { versions: Object.fromEntries(promotions.map((promotion) => [promotion.app, versionDigest(promotion)])) }
}

/** Whether a block is of a pull request that moved an application to the same. */
export function hasVersion({ versions, marks = '' }: MachineBlock, promotion: Promotion): boolean {
  if (versions[promotion.app] === versionDigest(promotion)) return true
  const mark = marks === '' ? '' : markOf(promotion)
  for (let at = 0; at < marks.length; at += MARK) if (marks.startsWith(mark, at)) return true
  return false
}

function markOf(promotion: Promotion): string {
  return digest([promotion.app, versionDigest(promotion)]).slice(0, MARK)
}

/** The same for two promotions of an application that move the same things to the same versions, wherever they are written. */
export function versionDigest({ changes }: Pick<Promotion, 'changes'>): string {
  return digest([...new Set(changes.map(nameOf))].sort()).slice(0, 12)
}

function nameOf({ target, new: value }: Change): string {
  return JSON.stringify([target.kind, target.image ?? '', value])
}

/** A short name for any data; keys in the order in which they stand. */
export function digest(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16)
}
