import type { Config } from '../config/schema.ts'
import { type DiffPorts, diffTrees } from '../diff/diff.ts'
import { formatDiffMarkdown } from '../diff/markdown.ts'
import { cut } from '../report/cut.ts'
import { markdown } from '../report/markdown.ts'
import { overlayTree } from '../repository/tree.ts'
import type { Base } from './base.ts'
import type { EditedFile } from './edits.ts'

const TITLE = '### What it renders to'

/**
 * What edits make of the rendered target, for the text of a pull request: Markdown of at most so many characters. It is
 * told, not judged: a source that cannot be rendered is named in it and stops nothing.
 */
export async function renderedDifference(
  { tree }: Pick<Base, 'tree'>,
  files: readonly EditedFile[],
  config: Config,
  ports: DiffPorts,
): Promise<(most: number) => string> {
  const edited = overlayTree(tree, new Map(files.map(({ path, after }) => [path, after])))
  const changed = files.map(({ path }) => path)
  try {
    const diff = await diffTrees(tree, edited, { changed, config }, ports)
    return (most) => `${TITLE}\n\n${formatDiffMarkdown(diff, { most: most - TITLE.length - 2 })}`
  } catch (error) {
    // A pull request without this part is better than none.
    const why = error instanceof Error ? error.message : 'of an unknown reason'
    return () => `${TITLE}\n\nIt could not be rendered: ${markdown(cut(why, 500))}`
  }
}
