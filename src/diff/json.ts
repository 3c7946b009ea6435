import { formatJson } from '../report/json.ts'
import type { RenderedDiff } from './rendered-diff.ts'

/** The JSON contract, version 1. */
export function formatDiffJson(diff: RenderedDiff, inActions: boolean): string {
  return formatJson({ version: 1, ...diff }, inActions)
}
