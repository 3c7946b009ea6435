/** A manifest and the one thing wrong with it, if any: what both judges are asked about. */
export interface Case {
  /** Relative to the corpus. */
  file: string
  text: string
  /** What was done to it, for people: `Deployment /spec/replicas is a string`. */
  what: string
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Path = readonly string[]

export interface Seed {
  [field: string]: Json
  kind: string
  metadata: { [field: string]: Json }
}

/** One value of every type, to stand where another type belongs. The text is no base64, quantity or date. */
const SAMPLES: Record<string, Json> = {
  'a string': 'some text',
  'an integer': 7,
  'a fraction': 1.5,
  'a boolean': true,
  'a mapping': {},
  'a list': [],
}

/** Every single mistake of a fixed set, made at every node of a valid manifest; always the same ones in the same order. */
export function* mutations(seed: Seed): Iterable<Case> {
  let count = 0
  for (const { what, change } of mistakes(seed, [])) {
    const manifest = structuredClone(seed)
    // Every case is a resource of its own, so that no two of them are duplicates.
    if (typeof manifest.metadata.name === 'string') manifest.metadata.name += `-${++count}`
    else manifest.metadata.generateName += `${++count}-`
    change(manifest)
    yield {
      file: `${seed.kind.toLowerCase()}-${String(seed.apiVersion).replace('/', '-')}/${count}.yaml`,
      text: `${JSON.stringify(manifest, null, 2)}\n`,
      what: `${seed.kind} ${what}`,
    }
  }
}

interface Mistake {
  what: string
  change: (manifest: Json) => void
}

function* mistakes(value: Json, path: Path): Iterable<Mistake> {
  if (typeof value !== 'object' || value === null) return
  const here = path.map((step) => `/${step}`).join('')
  if (!Array.isArray(value)) {
    yield { what: `${here || '/'} has an unknown field`, change: set([...path, 'unknownField'], 'some text') }
  }
  for (const [key, child] of Object.entries(value)) {
    const at = [...path, key]
    for (const { what, change } of mistakesAt(child, at)) yield { what: `${here}/${key} ${what}`, change }
    yield* mistakes(child, at)
  }
}

function* mistakesAt(value: Json, at: Path): Iterable<Mistake> {
  yield { what: 'is missing', change: remove(at) }
  if (value !== null) yield { what: 'is null', change: set(at, null) }
  for (const [name, sample] of Object.entries(SAMPLES)) {
    if (typeName(sample) !== typeName(value)) yield { what: `is ${name}`, change: set(at, sample) }
  }
  if (typeof value === 'string') yield { what: 'is empty', change: set(at, '') }
  if (typeof value !== 'number') return
  yield { what: 'does not fit 32 bits', change: set(at, 2 ** 31) }
  yield { what: 'does not fit 64 bits', change: set(at, 2 ** 64) }
  yield { what: 'is the number as a string', change: set(at, String(value)) }
}

/** 7 and 1.5 are two types here, as they are to a schema. */
function typeName(value: Json): string {
  if (Array.isArray(value)) return 'list'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function set(path: Path, value: Json): Mistake['change'] {
  return (manifest) => {
    const [parent, key] = ownerOf(manifest, path)
    parent[key] = value
  }
}

function remove(path: Path): Mistake['change'] {
  return (manifest) => {
    const [parent, key] = ownerOf(manifest, path)
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  }
}

function ownerOf(manifest: Json, path: Path): [Record<string, Json>, string] {
  const parent = path.slice(0, -1).reduce((value, step) => (value as Record<string, Json>)[step] as Json, manifest)
  return [parent as Record<string, Json>, path.at(-1) as string]
}
