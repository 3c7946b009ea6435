import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** Reads a catalog that `npm run catalog` wrote: compact JSON, compressed with brotli. */
export function readCatalogFile(name: 'kubernetes' | 'custom'): unknown {
  const file = join(catalogFolder(), `${name}.json.br`)
  try {
    return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8'))
  } catch (cause) {
    throw new Error(`The schema catalog ${file} cannot be read; npm run catalog writes it anew.`, { cause })
  }
}

/** The bundle is `dist/index.js`, beside the catalog; the sources are two folders away from it. */
function catalogFolder(): string {
  const beside = join(import.meta.dirname, 'catalog')
  return existsSync(beside) ? beside : join(import.meta.dirname, '..', '..', 'dist', 'catalog')
}
