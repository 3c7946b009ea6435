/** An answer that is not success, as GitHub words it. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly errors: readonly unknown[] | undefined
  /** GraphQL's class of the same problem. */
  readonly type: string

  constructor(status: number, message: string, details: { errors?: readonly unknown[]; type?: string } = {}) {
    super(message)
    this.status = status
    this.errors = details.errors
    this.type = details.type ?? TYPES[status] ?? 'UNPROCESSABLE'
  }
}

const TYPES: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND' }

export const notFound = (): Problem => new Problem(404, 'Not Found')

/** 422 with the fields at fault. */
export function invalid(...errors: { resource: string; field?: string; code: string; message?: string }[]): Problem {
  return new Problem(422, 'Validation Failed', { errors })
}

export const notAccessible = (): Problem => new Problem(403, 'Resource not accessible by integration')
