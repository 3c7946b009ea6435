import { judge } from '../kubernetes/judge.ts'
import type { SchemaProblem } from '../kubernetes/problem.ts'
import type { Resource } from '../kubernetes/resource.ts'
import type { KnownApis, Resolution } from '../kubernetes/schemas.ts'
import type { Severity } from '../report/finding.ts'
import type { Standing } from './coverage.ts'
import type { Ledger } from './ledger.ts'
import type { RuleProblem } from './problem.ts'
import { deprecated } from './rules/deprecated.ts'
import { type ImageSurroundings, impossibleImage } from './rules/impossible-image.ts'
import { mutableTag } from './rules/mutable-tag.ts'
import { naming } from './rules/naming.ts'
import { plaintextSecret } from './rules/plaintext-secret.ts'

/** What is known about the source a resource belongs to. */
export interface CheckContext extends ImageSurroundings {
  apis: KnownApis
  /** The Kubernetes minor that judges. */
  minor: string
  resolve(apiVersion: string, kind: string): Resolution | { is: 'judged'; judge(value: unknown): SchemaProblem[] }
  isSkipped(apiVersion: string, kind: string): boolean
  unvalidated: 'error' | 'warning' | 'ignore'
  /** Whether Flux replaces `${VARIABLES}` in it, so that their values are not known here. */
  substituted: boolean
  /** Whether a value stands in the repository; a chart may generate one. */
  isWritten(value: string): boolean
}

/** What became of a resource, and why it was not validated if it was not. */
export interface Verdict {
  standing: Standing
  reason?: string
}

/**
 * Checks one resource by all rules and writes what they find to the ledger.
 *
 * @param faulty whether its document already has an error, such as a duplicate key.
 */
export async function checkResource(
  resource: Resource,
  context: CheckContext,
  ledger: Ledger,
  faulty: boolean,
): Promise<Verdict> {
  const { apiVersion, kind } = resource
  if (context.isSkipped(apiVersion, kind)) return { standing: 'skipped', reason: 'skipped by configuration' }
  const resolution = context.resolve(apiVersion, kind)
  const isKnown = resolution.is === 'served' || resolution.is === 'judged'
  const named = isKnown ? naming(resource) : []
  const problems = [...schemaProblems(resource, resolution, context), ...named, ...ruleProblems(resource, context)]
  if (problems.length > 0) await resource.locate?.()
  let invalid = faulty
  for (const problem of problems) {
    if (report(resource, problem, ledger) === 'error' && problem.rule !== 'schema/unvalidated') invalid = true
  }
  if (resolution.is === 'unvalidated') return { standing: 'unvalidated', reason: resolution.reason }
  if (invalid) return { standing: 'invalid' }
  if (isKnown) return { standing: 'valid' }
  return { standing: 'unvalidated', reason: `Kubernetes ${context.minor} does not serve it, which is silenced` }
}

function schemaProblems(
  resource: Resource,
  resolution: ReturnType<CheckContext['resolve']>,
  context: CheckContext,
): Iterable<RuleProblem> {
  switch (resolution.is) {
    case 'removed':
      return [
        { rule: 'api/removed', path: ['apiVersion'], at: 'value', message: resolution.message, help: resolution.help },
      ]
    case 'unknown':
      return [
        {
          rule: 'manifest/kind',
          path: [resolution.field],
          at: 'value',
          message: resolution.message,
          help: resolution.help,
        },
      ]
    case 'unvalidated':
      return unvalidated(resource, resolution, context)
    case 'judged':
      return resolution.judge(judgedValue(resource))
    case 'served': {
      const problems: RuleProblem[] = judge(judgedValue(resource), resolution.schema, {
        quoteValues: resource.kind !== 'Secret',
        unknown: (value) => isUnknown(value, context.substituted),
      })
      if (resolution.deprecation !== undefined) problems.push(deprecation(resolution.deprecation))
      return resolution.bundled ? problems.map(lessCertain) : problems
    }
  }
}

function deprecation(message: string): RuleProblem {
  return { rule: 'api/deprecated', path: ['apiVersion'], at: 'value', message }
}

/** The bundled schema of an operator's kind may be older than the operator: what it does not know may be new. */
function lessCertain(problem: RuleProblem & Partial<SchemaProblem>): RuleProblem {
  if (problem.rule !== 'schema/unknown-field' && !problem.enumerated) return problem
  const hint = 'The bundled schema may be older than your operator; its CRD in the repository would decide.'
  return { ...problem, severity: 'warning', help: problem.help ? `${problem.help} ${hint}` : hint }
}

const WITHOUT_SCHEMA = 'Add its CRD to the repository, or name a --schema-location that has its schema.'

function unvalidated(
  resource: Resource,
  { reason, meant }: { reason: string; meant?: string },
  context: CheckContext,
): RuleProblem[] {
  if (context.unvalidated === 'ignore') return []
  const guess = meant === undefined ? '.' : `; did you mean ${meant}?`
  return [
    {
      rule: 'schema/unvalidated',
      path: ['kind'],
      at: 'key',
      severity: context.unvalidated,
      message: `${resource.apiVersion} ${resource.kind} was not checked: ${reason}${guess}`,
      help:
        meant === undefined
          ? WITHOUT_SCHEMA
          : `Correct the apiVersion. ${WITHOUT_SCHEMA.replace('Add', 'If it is right, add')}`,
    },
  ]
}

function* ruleProblems(resource: Resource, context: CheckContext): Iterable<RuleProblem> {
  yield* deprecated(resource, context.apis, context.minor)
  yield* mutableTag(resource)
  yield* impossibleImage(resource, context)
  yield* plaintextSecret(resource, context.isWritten)
}

/** What SOPS adds beside the resource is taken off again before it is applied. */
function judgedValue(resource: Resource): unknown {
  if (!Object.hasOwn(resource.value, 'sops')) return resource.value
  const { sops: _, ...rest } = resource.value
  return rest
}

/** An encrypted value, or one with a variable in it, says nothing about what the cluster gets. */
function isUnknown(value: string, substituted: boolean): boolean {
  return value.startsWith('ENC[') || (substituted && value.includes('${'))
}

function report(resource: Resource, problem: RuleProblem, ledger: Ledger): Severity | undefined {
  const { note, ...place } = resource.place(problem.path, problem.at)
  const { apiVersion, kind, namespace, name } = resource
  return ledger.add({
    ...place,
    rule: problem.rule,
    message: note ? `${problem.message.replace(/\.$/, '')} (${note}).` : problem.message,
    severity: problem.severity,
    help: problem.help,
    path: problem.path,
    source: resource.source,
    resource: { apiVersion, kind, ...(namespace && { namespace }), name },
  })
}
