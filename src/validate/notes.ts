import { count } from '../report/count.ts'
import type { TreeResult } from './check-tree.ts'
import type { ValidateInputs } from './inputs.ts'

/** Sentences about what was read and is not among the resources, so that nothing is passed over in silence. */
export function accountNotes(result: TreeResult, empty: boolean, inputs: ValidateInputs): string[] {
  const notes: string[] = []
  if (empty && !inputs.allowEmpty) {
    notes.push(
      `Nothing to check was found below ${inputs.paths.join(', ')}. Name another path, or pass --allow-empty if that is right.`,
    )
  }
  for (const [reason, { count: number, example }] of result.account.notManifests) {
    notes.push(
      `${count(number, 'document')} are no manifests: ${reason} (such as ${example}).`
        .replace('1 document are', '1 document is')
        .replace('no manifests', number === 1 ? 'no manifest' : 'no manifests'),
    )
  }
  notes.push(...byReason(result.accounted, 'not looked at by itself'), ...byReason(result.skippedFiles, 'skipped'))
  if (result.silenced > 0) notes.push(`${count(result.silenced, 'finding')} silenced by configuration or comment.`)
  return notes
}

function byReason(files: ReadonlyMap<string, string>, what: string): string[] {
  const reasons = new Map<string, string[]>()
  for (const [file, reason] of files) reasons.set(reason, [...(reasons.get(reason) ?? []), file])
  return [...reasons].map(([reason, all]) => `${count(all.length, 'file')} ${what}: ${reason} (such as ${all[0]}).`)
}
