import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MOST_SCHEMA_BYTES } from './locations-content.ts'

/**
 * Reads schema files by their path, absolute or relative to a folder; `undefined` where there is none.
 *
 * @throws an error whose message completes "… cannot be read: "
 */
export function schemaFilesIn(folder: string): (path: string) => Promise<Uint8Array | undefined> {
  return async (path) => {
    const file = resolve(folder, path)
    const found = await stat(file).catch(absent)
    if (!found) return undefined
    if (!found.isFile()) throw new Error('it is no file')
    if (found.size > MOST_SCHEMA_BYTES) throw new Error(`it exceeds the limit schema-bytes (${MOST_SCHEMA_BYTES})`)
    return readFile(file)
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
