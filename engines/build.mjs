// Builds the engines into dist/engines: `node engines/build.mjs [--check] [NAME…]`.
//
// Each folder here with an engine.json is a Go module that becomes NAME.wasm.br and NAME.sha256, the SHA-256 of the
// WebAssembly before compression. With --check nothing is written: what is committed must be what the sources give.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Another version of Go writes other bytes. */
const GO_VERSION = 'go1.26.8'

const sources = import.meta.dirname
const output = join(sources, '..', 'dist', 'engines')

try {
  main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function main(args) {
  requireGo()
  const check = args.includes('--check')
  const asked = args.filter((arg) => arg !== '--check')
  for (const name of asked.length > 0 ? asked : engines()) {
    const wasm = build(name)
    if (check) compare(name, wasm)
    else write(name, wasm)
  }
}

function engines() {
  return readdirSync(sources).filter((name) => existsSync(join(sources, name, 'engine.json')))
}

function requireGo() {
  const { stdout, error } = go(sources, ['env', 'GOVERSION'])
  const version = error ? 'not on PATH' : stdout.trim()
  if (version !== GO_VERSION) throw new Error(`The engines are built with ${GO_VERSION}, but Go is ${version}.`)
}

function build(name) {
  const { variables = {} } = JSON.parse(readFileSync(join(sources, name, 'engine.json'), 'utf8'))
  const set = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  try {
    const file = join(folder, 'engine.wasm')
    // Without -buildid= the bytes would tell which machine the compiler itself was built for.
    const ldflags = ['-s', '-w', '-buildid=', ...set].join(' ')
    const pinned = ['-trimpath', '-buildvcs=false', '-mod=readonly', `-overlay=${orderlyMaps(folder)}`]
    const args = ['build', '-buildmode=c-shared', ...pinned, `-ldflags=${ldflags}`, '-o', file, '.']
    const { status, stderr } = go(join(sources, name), args)
    if (status !== 0) throw new Error(`engines/${name} does not build:\n${stderr}`)
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Go walks a map in another order each time, and the libraries inside list errors, warnings and keys in that order.
 * With this one change to its runtime the order depends on the map alone, so two runs say the same.
 */
function orderlyMaps(folder) {
  const original = join(go(sources, ['env', 'GOROOT']).stdout.trim(), 'src', 'runtime', 'rand.go')
  const random = 'func maps_rand() uint64 {\n\treturn rand()\n}'
  const text = readFileSync(original, 'utf8')
  if (!text.includes(random)) throw new Error(`${original} is not that of ${GO_VERSION}; install Go again.`)
  const changed = join(folder, 'rand.go')
  writeFileSync(changed, text.replace(random, random.replace('rand()\n', '0\n')))
  const overlay = join(folder, 'overlay.json')
  writeFileSync(overlay, JSON.stringify({ Replace: { [original]: changed } }))
  return overlay
}

function go(folder, args) {
  const pinned = {
    GOOS: 'wasip1',
    GOARCH: 'wasm',
    GOWASM: '',
    GOFLAGS: '',
    GOEXPERIMENT: '',
    GODEBUG: '',
    GOWORK: 'off',
  }
  const env = { ...process.env, ...pinned, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' }
  return spawnSync('go', args, { cwd: folder, encoding: 'utf8', env })
}

function write(name, wasm) {
  mkdirSync(output, { recursive: true })
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 }
  const params = { ...quality, [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length }
  const compressed = brotliCompressSync(wasm, { params })
  writeFileSync(join(output, `${name}.wasm.br`), compressed)
  writeFileSync(join(output, `${name}.sha256`), `${sha256(wasm)}\n`)
  process.stdout.write(`${name}: ${megabytes(wasm)}, compressed ${megabytes(compressed)}\n`)
}

function compare(name, wasm) {
  const cure = `run node engines/build.mjs ${name} and commit dist/engines.`
  const committed = readFileSync(join(output, `${name}.sha256`), 'utf8').trim()
  if (sha256(wasm) !== committed)
    throw new Error(`dist/engines/${name}.sha256 is not what engines/${name} gives; ${cure}`)
  const shipped = brotliDecompressSync(readFileSync(join(output, `${name}.wasm.br`)))
  if (sha256(shipped) !== committed)
    throw new Error(`dist/engines/${name}.wasm.br is not what its .sha256 says; ${cure}`)
  process.stdout.write(`${name}: dist is what the sources give\n`)
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function megabytes(bytes) {
  return `${(bytes.length / 1e6).toFixed(2)} MB`
}
