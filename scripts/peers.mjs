// `npm run peers`: puts the tools that CI compares with into .peers/bin, at the versions of peers.json, and the schemas
// for kubeconform into .peers/schemas. A tool that PATH already has at that very version is linked instead of built.
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const peers = join(root, '.peers')
const bin = join(peers, 'bin')
const GO = 'Go 1.26 or newer is needed on PATH: see https://go.dev/doc/install.'

const tools = Object.entries(JSON.parse(readFileSync(join(root, 'scripts/peers.json'), 'utf8'))).map(
  ([name, tool]) => ({
    name,
    ...tool,
  }),
)

mkdirSync(bin, { recursive: true })
// Go's compiler already uses every core, so Go tools are built one after the other, beside the one that pip fetches.
const outcomes = await Promise.all([
  oneAfterTheOther(tools.filter((tool) => tool.go)),
  oneAfterTheOther(tools.filter((tool) => tool.pip)),
])
const schemas = await report('schemas', '', writeSchemas)
if ([...outcomes.flat(), schemas].includes('missing')) process.exitCode = 1

async function oneAfterTheOther(list) {
  const results = []
  for (const tool of list) results.push(await report(tool.name, tool.version, () => install(tool)))
  return results
}

/** One line for each thing provided: what, which version, how, and how long it took. */
async function report(name, version, provide) {
  const start = performance.now()
  const title = `${name.padEnd(12)} ${version.padEnd(9)}`
  try {
    const how = await provide()
    process.stdout.write(`${title} ${how}, ${((performance.now() - start) / 1000).toFixed(1)} s\n`)
    return 'there'
  } catch (error) {
    process.stderr.write(`${title} missing: ${error.message}\n`)
    return 'missing'
  }
}

/** The tool's own answer to "which version are you" decides, so no stamp can go stale. */
async function install(tool) {
  const target = join(bin, tool.name)
  if (await isRight(tool, target)) return 'already there'
  rmSync(target, { force: true })

  for (const candidate of onPath(tool.name)) {
    if (!(await isRight(tool, candidate))) continue
    symlinkSync(candidate, target)
    return `linked from ${candidate}`
  }

  await (tool.go ? buildWithGo(tool) : fetchWithPip(tool, target))
  if (!(await isRight(tool, target)))
    throw new Error(`${target} does not report ${tool.version}; remove .peers and run npm run peers again.`)
  return tool.go ? 'built' : 'installed'
}

async function isRight({ version, says }, file) {
  if (!existsSync(file)) return false
  const { stdout } = await run(file, says).catch(() => ({ stdout: '' }))
  return stdout
    .split(/\s+/)
    .map((word) => word.replace(/^v/, ''))
    .includes(version.replace(/^v/, ''))
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder && resolve(folder) !== bin)
  return folders.map((folder) => join(folder, name)).filter(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function buildWithGo({ go, version, variables = {} }) {
  const flags = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)
  // A user's GOFLAGS or GOOS would change what is built; a toolchain download would change who built it.
  const env = {
    ...process.env,
    GOBIN: bin,
    GOFLAGS: '-mod=mod -trimpath -buildvcs=false',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOOS: '',
    GOARCH: '',
    CGO_ENABLED: '0',
  }
  await execute('go', ['install', '-ldflags', ['-s -w', ...flags].join(' '), `${go}@${version}`], { env }, GO)
}

async function fetchWithPip({ pip, version }, target) {
  const folder = join(peers, pip)
  rmSync(folder, { recursive: true, force: true })
  const pinned = ['--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--quiet']
  await execute(
    'python3',
    ['-m', 'pip', 'install', ...pinned, '--target', folder, `${pip}==${version}`],
    {},
    'Python 3 with pip is needed on PATH: on Debian and Ubuntu, apt-get install python3-pip.',
  )
  symlinkSync(join(folder, 'bin', pip), target)
}

async function writeSchemas() {
  const answer = await execute(process.execPath, [join(root, 'generators/openapi/main.mjs')], {}, GO)
  return answer.trim()
}

async function execute(command, args, options, cure) {
  try {
    const { stdout } = await run(command, args, { maxBuffer: 64 << 20, ...options })
    return stdout
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`${command} was not found. ${cure}`)
    const lines = `${error.stderr}`.trim().split('\n').slice(-8).join('\n  ')
    throw new Error(`${command} ${args.join(' ')} failed. ${cure}\n  ${lines}`)
  }
}
