import { join } from 'node:path'

// Bundled, everything lies beside dist/index.js; from source, Node runs the TypeScript of the worker itself.
const here = import.meta.dirname
const fromSource = here.endsWith(join('src', 'engine'))

/** The worker's entry: of its own in the bundle, since a thread starts from a file. */
export const workerFile = join(here, fromSource ? 'worker.ts' : 'engine-worker.js')

/** The compressed WebAssembly of an engine, as `engines/build.mjs` writes it. */
export function engineFile(name: string): string {
  return join(here, fromSource ? '../../dist' : '.', 'engines', `${name}.wasm.br`)
}
