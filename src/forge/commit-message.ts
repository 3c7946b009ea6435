import { ACTION, quoteName } from './trailers.ts'

export interface CommitMessage {
  subject: string
  /** Paragraphs; `''` for none. */
  body: string
  action: 'promote' | 'rollback' | 'update'
  apps: readonly string[]
  /** The environments that the versions come from. */
  from: readonly string[]
  to: string
  /** Who signs off, as `Name <email>`. */
  signature?: string
}

/** The message of a commit of ours. Its trailers are how later runs, and people, know it. */
export function formatCommitMessage({ subject, body, action, apps, from, to, signature }: CommitMessage): string {
  const trailers = [
    [ACTION, action],
    ...apps.map((app) => ['Gitops-App', quoteName(app)]),
    ...from.map((source) => ['Gitops-From', quoteName(source)]),
    ['Gitops-To', quoteName(to)],
    ...(signature === undefined ? [] : [['Signed-off-by', oneLine(signature)]]),
  ]
  const paragraphs = [
    oneLine(subject),
    body.replace(/\r\n?/g, '\n').trim(),
    trailers.map(([key, value]) => `${key}: ${value}`).join('\n'),
  ]
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
