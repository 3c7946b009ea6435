import { count } from '../report/count.ts'
import { cut } from '../report/cut.ts'
import { code, fenced, markdown } from '../report/markdown.ts'
import { markCommand, visible } from '../report/neutralise.ts'
import type { RenderedDiff, ResourceDiff, SourceDiff } from './rendered-diff.ts'
import { changesOf, resourceTitle, summaryOf } from './words.ts'

/** UTF-16 units of a name or a failure before it is escaped. */
const TEXT = 600

/** For the sentence that tells what was left out. */
const NOTICE = 120

/**
 * A diff as Markdown for a pull request or a job summary: a sentence, and a fold for each source. What does not fit is left
 * out by whole resources, and counted; only where not even the first one fits, it is cut. Nothing in it is markup, a
 * mention or a hidden comment.
 *
 * @param options.most UTF-16 units; where not even the sentence fits, the text is empty
 */
export function formatDiffMarkdown(diff: RenderedDiff, { most }: { most: number }): string {
  const head = summaryOf(diff)
    .map((sentence) => markdown(cut(sentence, TEXT)))
    .join(' ')
  if (head.length > most) return ''
  const page = new Page(most - head.length - NOTICE)
  for (const source of diff.sources) addSource(page, source)
  const parts = [head, ...page.folds, leftOut(page)].filter((part) => part !== '')
  const text = parts.join('\n\n')
  return text.length <= most ? text : head
}

/** Folds as far as there is room, and what had none. */
class Page {
  readonly folds: string[] = []
  readonly left = { resources: 0, failures: 0 }
  room: number

  constructor(room: number) {
    this.room = room
  }
}

function addSource(page: Page, source: SourceDiff): void {
  const { failure, resources } = source
  const fold = (blocks: readonly string[]) => foldOf(source, blocks)
  if (failure !== undefined) {
    const told = fold([`- ${markdown(cut(failure, TEXT))}`])
    if (told.length + 2 > page.room) page.left.failures++
    else add(page, told)
    return
  }
  const blocks: string[] = []
  let length = fold([]).length + 2
  for (const resource of resources) {
    const isFirst = page.folds.length === 0 && blocks.length === 0
    const block = blockWithin(resource, page.room - length - 2, isFirst)
    if (block === undefined) page.left.resources++
    else {
      blocks.push(block)
      length += block.length + 2
    }
  }
  if (blocks.length > 0) add(page, fold(blocks))
}

function add(page: Page, fold: string): void {
  page.folds.push(fold)
  page.room -= fold.length + 2
}

function foldOf(source: SourceDiff, blocks: readonly string[]): string {
  const what = source.failure === undefined ? changesOf([source]) : 'cannot be rendered'
  const summary = `<details><summary>${code(cut(source.source, TEXT))}: ${what}</summary>`
  return [summary, ...blocks, '</details>'].join('\n\n')
}

function blockWithin(resource: ResourceDiff, room: number, mayCut: boolean): string | undefined {
  const whole = blockOf(resource)
  if (whole.length <= room) return whole
  if (!mayCut) return undefined
  const { patch } = resource
  for (let kept = Math.floor(patch.length / 2); kept > 0; kept = Math.floor(kept / 2)) {
    const notice = `${count(patch.length - kept, 'more line')} left out for length.`
    const block = blockOf({ ...resource, patch: patch.slice(0, kept), notice })
    if (block.length <= room) return block
  }
  return undefined
}

function blockOf(resource: ResourceDiff): string {
  const { change, previousName, patch, notice } = resource
  const renamed = previousName === undefined ? '' : `, was ${code(cut(previousName, TEXT))}`
  const title = `${code(cut(resourceTitle(resource), TEXT))} ${change}${renamed}`
  const diff = patch.length === 0 ? '' : fenced(patch.map(inert).join('\n'), 'diff')
  return [title, diff, notice ?? ''].filter((part) => part !== '').join('\n\n')
}

/** A line within a fence, where only what reads the source of the text could be misled: a runner, or we by a hidden block. */
function inert(line: string): string {
  return markCommand(visible(line))
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('<!--', '<!\\--')
}

function leftOut({ left }: Page): string {
  const what = [
    left.resources > 0 ? count(left.resources, 'resource') : '',
    left.failures > 0 ? `${count(left.failures, 'source')} not rendered` : '',
  ].filter((each) => each !== '')
  return what.length === 0 ? '' : `Left out for length: ${what.join(' and ')}.`
}
