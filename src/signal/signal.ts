/** Something that only the outside knows, and a gate hangs on. */
export type Question =
  | { ask: 'check'; app: string; environment: string; name: string; since: string }
  | { ask: 'health'; reporter: 'argocd' | 'flux' | 'github'; app: string; environment: string; since: string }
  | { ask: 'image'; need: 'exists' | 'signed'; image: string; tag?: string; digest?: string }

/**
 * The answer. A check or health that succeeded on any first-parent commit from `since` on, where the source's value is
 * unchanged, is `yes`; `since` then is when it first did (milliseconds). For an image, `no` is only what the registry
 * denies: a refusal or a failure is `unknown`.
 */
export type Answer =
  | { is: 'yes'; since?: number }
  | { is: 'no'; reason?: string }
  | { is: 'pending' }
  | { is: 'unknown'; reason?: string }

/** By `questionKey`. */
export type Answers = ReadonlyMap<string, Answer>

export function questionKey(question: Question): string {
  switch (question.ask) {
    case 'check':
      return JSON.stringify(['check', question.app, question.environment, question.name, question.since])
    case 'health':
      return JSON.stringify(['health', question.reporter, question.app, question.environment, question.since])
    case 'image':
      return JSON.stringify(['image', question.need, question.image, question.tag ?? '', question.digest ?? ''])
  }
}
