import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** Compressed size of all files together; the bundle stays small. */
const LARGEST = 60_000

/** Writes each value as compressed JSON, or with `check` says which files differ from what would be written. */
export function publish(folder, { check, files }) {
  const contents = Object.entries(files).map(([name, value]) => [join(folder, `${name}.json.br`), compress(value)])
  const size = contents.reduce((sum, [, bytes]) => sum + bytes.length, 0)
  if (size > LARGEST) throw new Error(`The catalog has ${size} bytes; the most it may have is ${LARGEST}.`)
  mkdirSync(folder, { recursive: true })
  for (const [file, bytes] of contents) {
    const same = existsSync(file) && readFileSync(file).equals(bytes)
    if (!check) writeFileSync(file, bytes)
    else if (!same) process.exitCode = 1
    const state = same ? 'unchanged' : check ? 'differs; npm run catalog writes it anew' : 'written'
    process.stdout.write(`${file}: ${bytes.length} bytes, ${state}\n`)
  }
}

function compress(value) {
  const text = Buffer.from(JSON.stringify(value))
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  })
}
