import { wordsOf } from './refusal.ts'

export interface GraphqlError {
  /** `FORBIDDEN`, `NOT_FOUND`, `undefinedField` …; empty where GitHub gives none, which it does when it is in trouble. */
  type: string
  message: string
  /** Through the aliases of the query. */
  path: readonly (string | number)[]
}

export interface GraphqlReply {
  /** May be partial where there are errors. */
  data: unknown
  errors: readonly GraphqlError[]
}

/** The answer to a GraphQL request, which is JSON already. */
export function parseReply(text: string): GraphqlReply {
  const reply: unknown = JSON.parse(text)
  if (typeof reply !== 'object' || reply === null) return { data: undefined, errors: [troubled('an empty answer')] }
  const { data, errors, message } = reply as { data?: unknown; errors?: unknown; message?: unknown }
  if (Array.isArray(errors) && errors.length > 0) return { data, errors: errors.map(errorOf) }
  if (data === undefined || data === null)
    return { data, errors: [troubled(String(message ?? 'an answer without data'))] }
  return { data, errors: [] }
}

const troubled = (message: string): GraphqlError => ({ type: '', message: wordsOf(message), path: [] })

function errorOf(error: unknown): GraphqlError {
  const { type, message, path, extensions } = (error ?? {}) as Record<string, unknown>
  const { code } = (extensions ?? {}) as Record<string, unknown>
  return {
    type: [type, code].filter((each) => typeof each === 'string')[0] ?? '',
    message: wordsOf(typeof message === 'string' ? message : 'an error without words'),
    path: Array.isArray(path) ? path : [],
  }
}
