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
  const { v, action, to, versions, inputs } = value as Partial<Record<keyof MachineBlock, unknown>>
  return (
    v === 1 &&
    [action, to, inputs].every((text) => typeof text === 'string') &&
    typeof versions === 'object' &&
    versions !== null
  )
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
