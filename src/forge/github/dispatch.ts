import { Refusal } from '../../report/failure.ts'
import type { Client } from './client.ts'
import { OPERATIONS } from './operation.ts'

/**
 * Starts the workflows that listen to `repository_dispatch` with this type. What GITHUB_TOKEN merges starts no workflow by
 * itself; this does, and needs no more than `contents: write`.
 */
export async function dispatchEvent(
  client: Client,
  type: string,
  payload: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const operation = OPERATIONS.dispatch
  const body = { event_type: type, client_payload: payload }
  const { status, words } = await client.rest({ operation, method: 'POST', path: '/dispatches', body })
  if (status >= 300) throw new Refusal(`GitHub refused ${operation.doing}: ${words}.`)
}
