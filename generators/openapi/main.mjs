// Writes JSON Schemas for kubeconform from Kubernetes' own OpenAPI, which the module k8s.io/kubernetes carries:
//   node generators/openapi/main.mjs [FOLDER]        (default .peers/schemas)
// They share nothing with our catalog, so the comparison in test/peers has two independent witnesses.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { standaloneSchemas } from './convert.mjs'

const KUBERNETES = { version: 'v1.34.4', sum: 'h1:Yy6R4QB8C9kJPp25GFqEvX5XQwY5qzKeqD0Xx6oAcmk=' }

try {
  process.stdout.write(`${write()} of Kubernetes ${KUBERNETES.version} written\n`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function write() {
  const specification = join(download(KUBERNETES), 'api/openapi-spec/v3')
  const documents = readdirSync(specification)
    .filter((name) => name.endsWith('_openapi.json'))
    .map((name) => JSON.parse(readFileSync(join(specification, name), 'utf8')))
  const schemas = standaloneSchemas(documents)

  const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../.peers/schemas'))
  const layout = join(folder, `${KUBERNETES.version}-standalone-strict`)
  rmSync(layout, { recursive: true, force: true })
  mkdirSync(layout, { recursive: true })
  for (const [file, schema] of schemas) writeFileSync(join(layout, file), JSON.stringify(schema))
  return schemas.size
}

/** The module's folder in Go's cache. From outside any module, so that only the sum below decides. */
function download({ version, sum }) {
  const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off', GO111MODULE: 'on' }
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${version}`], {
    cwd: tmpdir(),
    env,
    encoding: 'utf8',
  })
  const module = JSON.parse(answer)
  if (module.Sum !== sum) throw new Error(`k8s.io/kubernetes ${version} has the sum ${module.Sum}, expected ${sum}.`)
  return module.Dir
}
