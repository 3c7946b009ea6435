import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { checkList, checkMapping, checkUnevaluated, isMapping, type Judging, type Seen } from './json-schema-content.ts'
import type { JsonSchema, JsonSchemaNode } from './json-schema-node.ts'
import { hasType, typesOf, valueFaults, valueSteps } from './json-schema-value.ts'
import { aType, describe } from './json-schema-words.ts'
import type { JudgeOptions } from './judge.ts'
import type { SchemaProblem } from './problem.ts'

export interface JsonSchemaOptions extends Pick<JudgeOptions, 'unknown' | 'quoteValues'> {
  /** How much work one value may be. */
  steps?: number
}

/** No value and schema of real use come near these. */
const MOST_STEPS = 3_000_000
const MOST_NESTED = 500
/** Nobody reads on beyond. */
const MOST_PROBLEMS = 200

/** Left with when a value is too much work. */
class TooMuch extends Error {}

/**
 * Judges a value by a JSON Schema, in the words of `judge`. Nothing is compiled, so that a schema is only ever data;
 * steps are counted, because references can make a small schema endless. As in the API server, `null` stands for an
 * absent optional field.
 */
export function judgeByJsonSchema(
  value: unknown,
  schema: JsonSchema,
  options: JsonSchemaOptions = { quoteValues: false },
): SchemaProblem[] {
  const most = options.steps ?? MOST_STEPS
  const path: PathStep[] = []
  let problems: SchemaProblem[] = []
  let spent = 0
  let nested = 0
  let unknowns = 0

  function check(value: unknown, schema: JsonSchema, seen?: Seen): void {
    spend(1)
    if (typeof value === 'string' && options.unknown?.(value)) unknowns++
    else if (schema === false) invalid('is not allowed here')
    else if (schema !== true) checkNode(value, schema, seen)
  }

  function checkNode(value: unknown, node: JsonSchemaNode, seen: Seen | undefined): void {
    if (++nested > MOST_NESTED) throw new TooMuch()
    const closes = node.unevaluatedProperties !== undefined || node.unevaluatedItems !== undefined
    const own: Seen | undefined = closes ? new Set() : seen
    if (node.reference) check(value, node.reference.target ?? true, own)
    if (node.types && !node.types.some((type) => hasType(value, type))) wrongType(value, node.types)
    else {
      spend(valueSteps(value, node))
      for (const { fault, help } of valueFaults(value, node)) invalid(fault, help)
      if (Array.isArray(value)) checkList(value, node, judging, own)
      else if (isMapping(value)) checkMapping(value, node, judging, own)
      checkCombinations(value, node, own)
      if (closes && own) checkUnevaluated(value, node, judging, own)
    }
    if (closes && seen) for (const each of own ?? []) seen.add(each)
    nested--
  }

  function checkCombinations(value: unknown, node: JsonSchemaNode, seen: Seen | undefined): void {
    for (const part of node.allOf ?? []) check(value, part, seen)
    if (node.anyOf) {
      const tries = node.anyOf.map((part) => attempt(value, part, seen))
      if (tries.every(isWrong)) checkMeant(value, node.anyOf, tries)
    }
    if (node.oneOf) checkOneOf(value, node.oneOf, seen)
    const { not, if: condition } = node
    if (not !== undefined && surely(() => fits(value, not))) invalid('has a form its schema forbids')
    if (condition === undefined) return
    const before = unknowns
    const branch = isWrong(attempt(value, condition, seen)) ? node.else : node.then
    if (branch !== undefined && unknowns === before) check(value, branch, seen)
  }

  function checkOneOf(value: unknown, parts: readonly JsonSchema[], seen: Seen | undefined): void {
    let tries: SchemaProblem[][] = []
    const several = surely(() => {
      tries = parts.map((part) => attempt(value, part, seen))
      return tries.filter(isRight).length > 1
    })
    if (tries.every(isWrong)) checkMeant(value, parts, tries)
    else if (several) {
      invalid(`must match exactly one of its schema's alternatives, but matches ${tries.filter(isRight).length}`)
    }
  }

  /** No alternative is right: what is wrong by the one that is meant, where that can be told. */
  function checkMeant(value: unknown, parts: readonly JsonSchema[], tries: readonly SchemaProblem[][]): void {
    const types = parts.map(typesOf)
    const likely = tries.filter((_, index) => types[index]?.some((type) => hasType(value, type)) ?? true)
    const [best, next] = likely.toSorted((a, b) => a.length - b.length)
    if (!best) wrongType(value, [...new Set(types.flatMap((each) => each ?? []))])
    else if (!next || best.length < next.length) problems.push(...best)
    else invalid('matches none of the alternatives its schema allows')
  }

  /** What is wrong with a value by a schema that need not hold. */
  function attempt(value: unknown, schema: JsonSchema, seen?: Seen): SchemaProblem[] {
    const outer = problems
    const inner: Seen | undefined = seen && new Set()
    problems = []
    check(value, schema, inner)
    const found = problems
    problems = outer
    if (isRight(found)) for (const each of inner ?? []) seen?.add(each)
    return found
  }

  function fits(value: unknown, schema: JsonSchema): boolean {
    return isRight(attempt(value, schema))
  }

  /** Whether a test holds without resting on a value that is not known yet. */
  function surely(test: () => boolean): boolean {
    const before = unknowns
    return test() && unknowns === before
  }

  function wrongType(value: unknown, types: readonly string[]): void {
    const named = types.filter((type) => type !== 'null').map(aType)
    invalid(`must be ${listed(named)}, but is ${describe(value, options.quoteValues)}`)
  }

  function invalid(fault: string, help?: string): void {
    say('schema/invalid', 'value', fault, help)
  }

  function say(rule: SchemaProblem['rule'], at: SchemaProblem['at'], fault: string, help?: string): void {
    if (problems.length === MOST_PROBLEMS) return
    const message = `${path.length === 0 ? 'The resource' : toFieldPath(path)} ${fault}.`
    problems.push({ rule, path: [...path], message, at, ...(help && { help }) })
  }

  function step(name: PathStep, then: () => void): void {
    path.push(name)
    then()
    path.pop()
  }

  function spend(steps: number): void {
    spent += steps
    if (spent > most) throw new TooMuch()
  }

  const judging: Judging = { path, spend, check, fits, step, say }
  try {
    check(value, schema)
    return problems
  } catch (error) {
    if (error instanceof TooMuch) return [tooMuch(most)]
    throw error
  }
}

function tooMuch(most: number): SchemaProblem {
  const message = `The resource takes more than ${most} steps to judge by its schema (limit schema-steps); simplify the schema.`
  return { rule: 'yaml/limit', path: [], message, at: 'key' }
}

function isRight(found: readonly SchemaProblem[]): boolean {
  return found.length === 0
}

function isWrong(found: readonly SchemaProblem[]): boolean {
  return found.length > 0
}

/** `a, b or c`; null alone where it is all there is. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? 'null'
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last
}
