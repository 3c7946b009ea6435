import type { Tree } from '../repository/tree.ts'

/**
 * Other files whose paths differ by case alone: where file systems do not tell case apart they are one file, and nobody
 * knows which (reference: promote.md §16).
 *
 * @returns what names the twin of a path.
 */
export function caseTwins({ paths }: Pick<Tree, 'paths'>): (path: string) => string | undefined {
  let folded: Map<string, readonly string[]> | undefined
  return (path) => {
    if (!folded) {
      folded = new Map()
      for (const each of paths) folded.set(each.toLowerCase(), [...(folded.get(each.toLowerCase()) ?? []), each])
    }
    return folded.get(path.toLowerCase())?.find((each) => each !== path)
  }
}

/** Why nothing is written into any of these files; `undefined` where nothing is in the way. */
export function twinInTheWay(
  moves: readonly { target: { file: string } }[],
  twin: (path: string) => string | undefined,
): string | undefined {
  for (const { target } of moves) {
    const other = twin(target.file)
    if (other !== undefined) return `${target.file} and ${other} differ by case alone; rename one of them.`
  }
  return undefined
}
