/** Content that is copied into an engine at once; a larger file is a batch of its own. */
const BATCH = 4 * 1024 * 1024

/**
 * The files of a revision as the engine reads them: batches of (length, path, length, content), lengths as 32 bits,
 * least byte first. In shared memory, so that any number of threads load them from one copy.
 */
export function packFiles(files: ReadonlyMap<string, Uint8Array>): SharedArrayBuffer[] {
  const encoder = new TextEncoder()
  const batches: SharedArrayBuffer[] = []
  let fields: Uint8Array[] = []
  let size = 0
  for (const [path, content] of files) {
    const name = encoder.encode(path)
    const needed = 8 + name.length + content.length
    if (size > 0 && size + needed > BATCH) {
      batches.push(join(fields, size))
      fields = []
      size = 0
    }
    fields.push(name, content)
    size += needed
  }
  if (size > 0) batches.push(join(fields, size))
  return batches
}

function join(fields: Uint8Array[], size: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(size)
  const bytes = new Uint8Array(buffer)
  const lengths = new DataView(buffer)
  let offset = 0
  for (const field of fields) {
    lengths.setUint32(offset, field.length, true)
    bytes.set(field, offset + 4)
    offset += 4 + field.length
  }
  return buffer
}
