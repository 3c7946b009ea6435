import * as z from 'zod'
import { nearest } from '../report/nearest.ts'
import { count, flag, mapping, read, text } from './leaf.ts'
import { type Parsed, right, wrong } from './parsed.ts'

/** What is filled in. */
const PLACEHOLDERS = ['app', 'env', 'from', 'version']

/** Braces may be meant as they are: only a word that all but is one of ours is taken for a misspelt one. */
function parseTemplate(template: string): Parsed<string> {
  if (template.trim() === '') return wrong('must be text')
  for (const [written, word = ''] of template.matchAll(/\{(\w{2,8})\}/g)) {
    const meant = PLACEHOLDERS.includes(word) ? undefined : nearest(word, PLACEHOLDERS)
    if (meant) return wrong(`has ${written}, which nothing is filled in for; did you mean {${meant}}?`)
  }
  return right(template)
}

const template = () => read('text', parseTemplate, /\S/)

/** How pull requests look. */
export const pullRequest = mapping({
  title: template().optional().describe('Template of the title; {app}, {env}, {from} and {version} are filled in.'),
  body: template().optional().describe('Text above what is generated; the same words are filled in.'),
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
