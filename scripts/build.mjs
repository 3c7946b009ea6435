// Bundles src/ into dist/: index.js with the entry points, engine-worker.js for the worker threads.
// Run under Node 24 (npm run does), whose output is the one committed. dist/catalog and dist/engines are not touched.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const scratch = mkdtempSync(join(tmpdir(), 'gitops-build-'))

try {
  bundle('src/index.ts', 'index')
  bundle('src/engine/worker.ts', 'worker')
  for (const name of readdirSync(dist)) {
    if (!['catalog', 'engines'].includes(name)) rmSync(join(dist, name), { recursive: true })
  }
  for (const name of readdirSync(join(scratch, 'index'))) {
    if (/\.(?:js|json|txt)$/.test(name)) cpSync(join(scratch, 'index', name), join(dist, name), { recursive: true })
  }
  copyFileSync(join(scratch, 'worker', 'index.js'), join(dist, 'engine-worker.js'))
  writeFileSync(join(dist, 'licenses.txt'), licenses())
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function bundle(entry, name) {
  const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
  const args = [
    ncc,
    'build',
    entry,
    '-o',
    join(scratch, name),
    '--license',
    'licenses.txt',
    '--target',
    'es2023',
    '--transpile-only',
  ]
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** What is inside besides the npm packages: the data of the catalogs, and the Go modules of the engines. */
function licenses() {
  const bundled = ['index', 'worker'].map((name) => readFileSync(join(scratch, name, 'licenses.txt'), 'utf8'))
  const data = [
    'dist/catalog: @kubernetes/client-node (Apache-2.0), @kubernetes-models/* and kubernetes-models (MIT)',
    'dist/engines/render.wasm.br: sigs.k8s.io/kustomize (Apache-2.0, changed as engines/render/engine.json says), helm.sh/helm (Apache-2.0), github.com/fluxcd/pkg (Apache-2.0)',
    'and the modules that engines/render/go.sum lists.',
  ]
  const separate = [...new Set(bundled.join('\n').split(/\n{2,}(?=@?[\w./-]+\n)/))].join('\n\n')
  return `${separate.trimEnd()}\n\n${data.join('\n')}\n`
}
