import { Refusal } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'

export type Blobs = ReadonlyMap<string, Buffer>

/** Reads blobs by id in one `git cat-file --batch`. */
export async function readBlobs(git: Git, ids: Iterable<string>): Promise<Blobs> {
  const wanted = [...new Set(ids)]
  const blobs = new Map<string, Buffer>()
  if (wanted.length === 0) return blobs
  const output = await git(['cat-file', '--batch'], { input: `${wanted.join('\n')}\n` })
  let at = 0
  for (const id of wanted) {
    const end = output.indexOf(10, at)
    const [, type, size] = output.toString('latin1', at, end).split(' ')
    if (type === 'missing') {
      throw new Refusal(
        'A file of the history is missing in this clone; fetch it without --filter, or use fetch-depth: 0.',
      )
    }
    blobs.set(id, output.subarray(end + 1, end + 1 + Number(size)))
    at = end + Number(size) + 2
  }
  return blobs
}
