import { UsageError } from '../report/failure.ts'
import { type Flag, type Given, text } from './flag.ts'

export const DIFF_FORMATS = ['text', 'markdown', 'json'] as const

export type DiffFormat = (typeof DIFF_FORMATS)[number]

export const DIFF_FLAGS: readonly Flag[] = [
  { name: 'base', value: 'REV', help: 'the revision that the working tree is compared with; its configuration counts' },
  { name: 'kubernetes-version', value: 'X.Y', help: 'what charts are told of the cluster' },
]

/** What `diff` is asked. */
export interface DiffInputs {
  base: string
  /** Relative to the working directory. */
  paths: readonly string[]
  config: string | undefined
  kubernetesVersion: string | undefined
  format: DiffFormat
  output: string | undefined
}

export function readDiffInputs(given: Given, operands: readonly string[]): DiffInputs {
  const base = text(given, 'base')
  if (base === undefined) {
    throw new UsageError('diff needs a revision to compare with; add --base REV, such as --base origin/main.')
  }
  return {
    base,
    paths: operands.length > 0 ? operands : ['.'],
    config: text(given, 'config'),
    kubernetesVersion: text(given, 'kubernetes-version'),
    format: (text(given, 'format') ?? 'text') as DiffFormat,
    output: text(given, 'output'),
  }
}
