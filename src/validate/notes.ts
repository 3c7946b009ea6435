import type { Config } from '../config/schema.ts'
import { count } from '../report/count.ts'
import type { TreeResult } from './check-tree.ts'
import type { ValidateInputs } from './inputs.ts'

/** What was not compared although it stands in one environment. */
function variantNotes(variants: TreeResult['variants']): string[] {
  return [...variants.values()].map(({ example: [one, other], sources }) => {
    const cure = 'say with a layout or cluster: where they go to have them compared'
    return `${count(sources, 'source')} of one environment, such as ${one} and ${other}, define mostly the same objects: they were taken for different clusters; ${cure}.`
  })
}

/** Sentences about what was read and is not among the resources, so that nothing is passed over in silence. */
export function accountNotes(result: TreeResult, unchecked: boolean, inputs: ValidateInputs): string[] {
  const notes: string[] = []
  if (inputs.shard && result.leftToOthers > 0) {
    const { index, count: shards } = inputs.shard
    notes.push(`This is shard ${index} of ${shards}; the others have ${result.leftToOthers} of the sources and files.`)
  }
  if (unchecked) {
    notes.push(
      `Nothing to check was found ${whereFrom(inputs.paths)}; name another path, or pass --allow-empty if that is right.`,
    )
  }
  notes.push(...result.idleImages, ...variantNotes(result.variants))
  for (const [reason, { count: number, example }] of result.account.notManifests) {
    notes.push(
      `${count(number, 'document')} are no manifests: ${reason} (such as ${example}).`
        .replace('1 document are', '1 document is')
        .replace('no manifests', number === 1 ? 'no manifest' : 'no manifests'),
    )
  }
  notes.push(...byReason(result.accounted, 'not checked file by file'), ...byReason(result.skippedFiles, 'skipped'))
  if (result.silenced > 0) notes.push(`${count(result.silenced, 'finding')} silenced by configuration or comment.`)
  return notes
}

function whereFrom(paths: readonly string[]): string {
  return paths[0] === '-' ? 'on standard input' : `below ${paths.join(', ')}`
}

function byReason(files: ReadonlyMap<string, string>, what: string): string[] {
  const groups = new Map<string, { kind: 'file' | 'folder'; reason: string; number: number; example: string }>()
  for (const [example, reason] of files) {
    const kind = example.endsWith('/') ? 'folder' : 'file'
    const group = groups.get(`${kind} ${reason}`)
    if (group) group.number++
    else groups.set(`${kind} ${reason}`, { kind, reason, number: 1, example })
  }
  return [...groups.values()].map(
    ({ kind, reason, number, example }) => `${count(number, kind)} ${what}: ${reason} (such as ${example}).`,
  )
}

/** A policy that is not applied must not look as if it were. */
export function policyNotes({ validate: { policies } }: Config): string[] {
  if (policies.length === 0) return []
  return ['validate.policies is set, but policies are not evaluated in this version: nothing was judged by them.']
}
