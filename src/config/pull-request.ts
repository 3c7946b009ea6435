import * as z from 'zod'
import { count, flag, mapping, text } from './leaf.ts'

/** How pull requests look. */
export const pullRequest = mapping({
  title: text().optional().describe('Template of the title; {app}, {env}, {from} and {version} are filled in.'),
  body: text().optional().describe('Text above what is generated; the same words are filled in.'),
  draft: flag().optional().describe('Open as a draft.'),
  'sign-off': flag().optional().describe('Add Signed-off-by to the commits.'),
  milestone: z
    .union([text('the title of a milestone'), count(1, 1_000_000_000)], 'must be the title or number of a milestone')
    .optional()
    .describe('Title or number of a milestone.'),
  'max-open': count(1, 1000).optional().describe('At most this many promotions open at once; the rest wait.'),
})

export function pullRequestOf(given: z.output<typeof pullRequest>) {
  return {
    title: given.title,
    body: given.body,
    draft: given.draft ?? false,
    signOff: given['sign-off'] ?? false,
    milestone: given.milestone,
    maxOpen: given['max-open'],
  }
}
