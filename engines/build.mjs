// Builds the engines into dist/engines: `node engines/build.mjs [--check] [NAME…]`.
//
// Each folder here with an engine.json is a Go module that becomes NAME.wasm.br and NAME.sha256, the SHA-256 of the
// WebAssembly before compression. What its engine.json says to change in a library is changed in a copy. With --check nothing is written: what is committed must be what the sources give.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Another version of Go writes other bytes. */
const GO_VERSION = 'go1.26.8'

/** Where changed libraries lie while an engine is built: the same place on every machine, for it is told in the bytes. */
const CHANGED = '.changed'

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
  const { variables = {}, changes = [] } = JSON.parse(readFileSync(join(sources, name, 'engine.json'), 'utf8'))
  const set = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  try {
    const file = join(folder, 'engine.wasm')
    // Without -buildid= the bytes would tell which machine the compiler itself was built for.
    const ldflags = ['-s', '-w', '-buildid=', ...set].join(' ')
    const modules = `-modfile=${changedModules(name, changes, folder)}`
    const pinned = ['-trimpath', '-buildvcs=false', '-mod=readonly', modules, `-overlay=${orderlyMaps(folder)}`]
    const args = ['build', '-buildmode=c-shared', ...pinned, `-ldflags=${ldflags}`, '-o', file, '.']
    const { status, stderr } = go(join(sources, name), args)
    if (status !== 0) throw new Error(`engines/${name} does not build:\n${stderr}`)
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(join(sources, name, CHANGED), { recursive: true, force: true })
  }
}

/** A go.mod beside which libraries are as the engine wants them; each text must be found, or nothing is built. */
function changedModules(name, changes, folder) {
  const engine = join(sources, name)
  for (const file of ['go.mod', 'go.sum']) cpSync(join(engine, file), join(folder, file))
  rmSync(join(engine, CHANGED), { recursive: true, force: true })
  for (const { module, file, replace } of changes) {
    const copy = `./${CHANGED}/${module}`
    if (!existsSync(join(engine, copy))) {
      copyWritable(downloaded(engine, module), join(engine, copy))
      appendFileSync(join(folder, 'go.mod'), `\nreplace ${module} => ${copy}\n`)
    }
    let text = readFileSync(join(engine, copy, file), 'utf8')
    for (const [from, to] of replace) {
      if (text.split(from).length !== 2) throw new Error(`${module}/${file} does not hold once: ${from}`)
      text = text.replace(from, () => to)
    }
    writeFileSync(join(engine, copy, file), text)
  }
  return join(folder, 'go.mod')
}

/** Without the tests; Go's own cache is read-only, and copies keep that. */
function copyWritable(from, to) {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyWritable(source, target)
    else if (!entry.name.endsWith('_test.go')) writeFileSync(target, readFileSync(source))
  }
}

/** The folder of a library in Go's own cache. */
function downloaded(engine, module) {
  const { status, stdout, stderr } = go(engine, ['mod', 'download', '-json', module])
  if (status !== 0) throw new Error(`${module} cannot be downloaded:\n${stderr}`)
  return JSON.parse(stdout).Dir
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
