import type { z } from 'zod'
import { nearest } from '../kubernetes/nearest.ts'
import { RULES } from '../report/finding.ts'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import type { Position } from '../yaml/position.ts'
import { locateIn, readYaml, type YamlDocument, type YamlText } from '../yaml/read.ts'
import { graphProblems } from './environments.ts'
import { type Config, configSchema } from './schema.ts'

/** What is wrong with a configuration, and where in its file. */
export interface ConfigProblem extends Position {
  message: string
}

export type ConfigReading = { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] }

/** Reads `.gitops.yaml`. All problems are told, in the order they stand in. An empty file is the default. */
export function readConfig(text: string): ConfigReading {
  const yaml = readYaml(text, DEFAULT_YAML_LIMITS)
  const written = yaml.documents.filter((document) => !document.empty)
  const unreadable = [...yaml.problems, ...written.flatMap((document) => document.problems)].map((problem) => ({
    ...yaml.positions.at(problem.offset),
    message: problem.message,
  }))
  if (unreadable.length > 0) return failed(unreadable)
  const document = written[0]
  if (!document || document.value === null) return { ok: true, config: {} }
  if (written[1])
    return failed([{ ...yaml.positions.at(written[1].offset), message: 'The configuration must be one document.' }])

  const parsed = configSchema.safeParse(document.value)
  if (!parsed.success) return failed(parsed.error.issues.flatMap((issue) => describe(issue, yaml, document)))
  const problems = graphProblems(parsed.data.environments ?? {}).map(({ path, message }) => ({
    ...positionOf(yaml, document, path, 'value'),
    message,
  }))
  return problems.length > 0 ? failed(problems) : { ok: true, config: parsed.data }
}

function failed(problems: ConfigProblem[]): ConfigReading {
  return { ok: false, problems: [...problems].sort((a, b) => a.line - b.line || a.column - b.column) }
}

type Issue = z.core.$ZodIssue

function describe(issue: Issue, yaml: YamlText, document: YamlDocument): ConfigProblem[] {
  const path = issue.path as PathStep[]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, yaml, document))
  if (issue.code === 'invalid_key') return [unknownRule(path, yaml, document)]
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.find((errors) => errors.some((each) => each.path.length > 0))
    const inner = nested?.find((each) => each.path.length > 0)
    if (inner) return describe({ ...inner, path: [...path, ...inner.path] } as Issue, yaml, document)
    const refined = issue.errors.flat().find((each) => each.code === 'custom')
    return [
      at(
        path,
        refined ? `${field(path)} ${refined.message}.` : `${field(path)} has none of the forms it may have.`,
        yaml,
        document,
      ),
    ]
  }
  return [at(path, `${field(path)} ${expectation(issue, path, document)}.`, yaml, document)]
}

function expectation(issue: Issue, path: readonly PathStep[], document: YamlDocument): string {
  switch (issue.code) {
    case 'invalid_type': {
      const missing = issue.message.includes('undefined') || valueMissing(document, path)
      return missing ? 'is required' : `must be ${article(issue.expected)}`
    }
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.message.startsWith('must') ? issue.message : 'must not be empty or less than its minimum'
    case 'custom':
      return issue.message
    default:
      return issue.message.replace(/^Invalid input: /, '').replace(/^./, (letter) => letter.toLowerCase())
  }
}

function valueMissing(document: YamlDocument, path: readonly PathStep[]): boolean {
  let value: unknown = document.value
  for (const step of path) value = (value as Record<PathStep, unknown> | undefined)?.[step]
  return value === undefined
}

function article(expected: string): string {
  const names: Record<string, string> = { object: 'a mapping', record: 'a mapping', array: 'a list', int: 'an integer' }
  return names[expected] ?? `a ${expected}`
}

function unknownKey(key: string, path: readonly PathStep[], yaml: YamlText, document: YamlDocument): ConfigProblem {
  const close = nearest(key, keysAt(path))
  const hint = close ? ` Did you mean ${close}?` : ''
  const message = `${toFieldPath([...path, key])} is unknown.${hint}`
  return { ...positionOf(yaml, document, [...path, key], 'key'), message }
}

function unknownRule(path: readonly PathStep[], yaml: YamlText, document: YamlDocument): ConfigProblem {
  const id = String(path.at(-1))
  const close = nearest(id, RULES)
  const message = `There is no rule ${id}.${close ? ` Did you mean ${close}?` : ''}`
  return { ...positionOf(yaml, document, path, 'key'), message }
}

/** The keys a mapping may have, found by walking the schema along the path. */
function keysAt(path: readonly PathStep[]): string[] {
  let schema: unknown = configSchema
  for (const step of path) schema = below(unwrap(schema), step)
  const shape = (unwrap(schema) as { shape?: object } | undefined)?.shape
  return shape ? Object.keys(shape) : []
}

interface Wrapped {
  def?: { innerType?: unknown; valueType?: unknown; element?: unknown }
  shape?: Record<string, unknown>
}

function unwrap(schema: unknown): unknown {
  let at = schema as Wrapped | undefined
  while (at?.def?.innerType) at = at.def.innerType as Wrapped
  return at
}

function below(schema: unknown, step: PathStep): unknown {
  const at = schema as Wrapped | undefined
  return at?.shape?.[String(step)] ?? at?.def?.valueType ?? at?.def?.element
}

function at(path: readonly PathStep[], message: string, yaml: YamlText, document: YamlDocument): ConfigProblem {
  return { ...positionOf(yaml, document, path, 'value'), message }
}

function field(path: readonly PathStep[]): string {
  return path.length === 0 ? 'The configuration' : toFieldPath(path)
}

function positionOf(yaml: YamlText, document: YamlDocument, path: readonly PathStep[], at: 'key' | 'value'): Position {
  for (let length = path.length; length >= 0; length--) {
    const found = locateIn(yaml, document, path.slice(0, length))
    if (!found) continue
    const span = at === 'key' || length < path.length ? (found.key ?? found.value) : found.value
    return yaml.positions.at(span.start)
  }
  return { line: 1, column: 1 }
}
