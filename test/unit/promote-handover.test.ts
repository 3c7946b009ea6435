import { expect, test } from 'vitest'
import type { Done } from '../../src/promote/done.ts'
import { handoverNotes, handoverOf } from '../../src/promote/handover.ts'

const done = new Map<string, Done>([
  ['a', { status: 'open', pullRequest: 1 }],
  ['b', { status: 'open', pullRequest: 2, merged: true }],
  ['c', { status: 'unchanged', pullRequest: 3, merging: true }],
  ['d', { status: 'unchanged', pullRequest: 4 }],
  ['e', { status: 'close', pullRequest: 5 }],
])

test('what the workflow token wrote and merged, by what it keeps from starting', () => {
  expect(handoverOf({ done })).toEqual({ written: [1], merged: [2], merging: [3] })
  expect(handoverOf({ done, dryRun: true })).toEqual({ written: [], merged: [], merging: [] })
})

test('a sentence for each, and the way out', () => {
  const notes = handoverNotes(handoverOf({ done }), true)
  expect(notes).toHaveLength(4)
  expect(notes[0]).toContain('#1 wait for “Approve workflows to run”')
  expect(notes[1]).toContain('merged #2, which starts no push workflow; those on repository_dispatch')
  expect(notes[2]).toContain('GitHub will merge #3')
  expect(handoverNotes(handoverOf({ done }), false)[1]).toContain('the next scheduled run goes on')
  expect(handoverNotes({ written: [], merged: [], merging: [] }, false)).toEqual([])
})
