import { fromPointer, toPointer } from '../yaml/pointer.ts'
import { type JsonSchema, type JsonSchemaReference, UnusableSchema } from './json-schema-node.ts'
import { createJsonSchemaReader, DEFAULT_JSON_SCHEMA_LIMITS, type JsonSchemaLimits } from './json-schema-read.ts'

/** Beside a schema lies one file of definitions, as a rule. */
const MOST_FILES = 10

/** A file beside the schema, as `_definitions.json#/definitions/…` has it; anything further away is not opened. */
const BESIDE = /^(?:\.\/)?(\w[\w.-]*)(?:#(.*))?$/

/**
 * Opens a schema with all that it refers to: places in the same file, and files beside it.
 *
 * @param file a path with `/`, or a URL
 * @param load the parsed JSON of a file
 * @throws UnusableSchema where it cannot be judged by; what `load` throws
 */
export async function openJsonSchema(
  file: string,
  load: (file: string) => Promise<unknown>,
  limits: Partial<JsonSchemaLimits> = {},
): Promise<JsonSchema> {
  const reader = createJsonSchemaReader({ ...DEFAULT_JSON_SCHEMA_LIMITS, ...limits })
  const files = new Map<string, unknown>()
  const known = new Map<string, JsonSchemaReference>()
  const open: JsonSchemaReference[] = []

  function refer(file: string, pointer: string): JsonSchemaReference {
    const key = `${file}#${pointer}`
    const found = known.get(key)
    if (found) return found
    const reference = { file, steps: fromPointer(pointer) }
    known.set(key, reference)
    open.push(reference)
    return reference
  }

  async function contentOf(file: string): Promise<unknown> {
    if (!files.has(file)) {
      if (files.size === MOST_FILES) throw new UnusableSchema(root.file, '', `needs more than ${MOST_FILES} files`)
      files.set(file, await load(file))
    }
    return files.get(file)
  }

  const root = refer(file, '')
  for (let next = open.pop(); next; next = open.pop()) {
    const { file } = next
    const value = find(await contentOf(file), next)
    next.target = reader.read(value, next, (reference) => refer(...destination(reference, file)))
  }
  return root.target as JsonSchema
}

function destination(reference: string, from: string): [file: string, pointer: string] {
  const [, beside, inFile = ''] = reference.startsWith('#')
    ? [reference, undefined, reference.slice(1)]
    : (BESIDE.exec(reference) ?? unfollowed(reference, from))
  const pointer = decode(inFile) ?? unfollowed(reference, from)
  if (pointer !== '' && !pointer.startsWith('/')) unfollowed(reference, from)
  return [beside === undefined ? from : fileBeside(from, beside), pointer]
}

function fileBeside(file: string, name: string): string {
  return /^https?:/i.test(file) ? new URL(name, file).href : file.replace(/[^/]*$/, name)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function find(content: unknown, { file, steps }: JsonSchemaReference): unknown {
  let value = content
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      throw new UnusableSchema(file, toPointer(steps), 'is referred to, but not there')
    }
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

function unfollowed(reference: string, file: string): never {
  throw new UnusableSchema(file, '', `refers to ${JSON.stringify(reference)}, but only files beside it are opened`)
}
