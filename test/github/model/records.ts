import type { Account } from './people.ts'

export interface Status {
  id: number
  oid: string
  context: string
  state: 'error' | 'failure' | 'pending' | 'success'
  description: string | null
  targetUrl: string | null
  creator: Account
  at: string
}

export interface CheckRun {
  id: number
  oid: string
  name: string
  status: 'completed' | 'in_progress' | 'queued'
  conclusion: string | null
  detailsUrl: string | null
  externalId: string | null
  startedAt: string | null
  completedAt: string | null
  output: { title: string | null; summary: string | null; text: string | null }
}

export interface Deployment {
  id: number
  oid: string
  ref: string
  task: string
  environment: string
  description: string | null
  payload: string | Record<string, unknown>
  transient: boolean
  production: boolean
  creator: Account
  at: string
  updatedAt: string
  statuses: DeploymentStatus[]
}

export interface DeploymentStatus {
  id: number
  state: string
  description: string
  environment: string
  environmentUrl: string
  logUrl: string
  creator: Account
  at: string
}

/** A run that GitHub would start. `waiting`: somebody has to approve it first. */
export interface Run {
  event: 'pull_request' | 'push' | 'repository_dispatch' | 'workflow_dispatch'
  action?: string
  ref: string
  actor: string
  waiting: boolean
  payload?: unknown
}
