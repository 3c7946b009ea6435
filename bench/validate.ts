import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeManifests, writeOverlays } from './manifests.ts'
import { inTurn, type Measured, measure } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const GITOPS = join(ROOT, 'bin', 'gitops.js')
const KUBECONFORM = join(ROOT, '.peers', 'bin', 'kubeconform')
const KUSTOMIZE = join(ROOT, '.peers', 'bin', 'kustomize')
const SCHEMAS = join(ROOT, '.peers', 'schemas')

/** validate beside kubeconform with local schemas, and beside `kustomize build | kubeconform`, on the same files. */
export async function benchValidate(folder: string, say: (line: string) => void): Promise<void> {
  for (const tool of [KUBECONFORM, KUSTOMIZE]) {
    if (!existsSync(tool)) throw new Error(`${tool} is missing; run npm run peers.`)
  }
  say('resources  files   ours wall / cpu s  MB  kubeconform wall / cpu s  MB  ratio wall / cpu')
  for (const [resources, files, runs] of [
    [10_000, 10_000, 9],
    [30_000, 10_000, 5],
    [100_000, 10_000, 5],
  ] as const) {
    const manifests = join(folder, `manifests-${resources}`)
    writeManifests(manifests, resources, files)
    const [ours, theirs] = await inTurn(
      runs,
      () => validate(manifests),
      () => kubeconform(manifests),
    )
    say(row(String(resources), String(files), ours, theirs))
  }
  say('\noverlays           ours wall / cpu s  MB  kustomize | kubeconform       ratio wall / cpu')
  const tree = join(folder, 'tree')
  const overlays = writeOverlays(tree, 150)
  const [ours, theirs] = await inTurn(
    5,
    () => validate(tree),
    () => perOverlay(overlays, tree),
  )
  say(row(String(overlays.length), '', ours, theirs))
}

function validate(folder: string): Promise<Measured> {
  return measure(process.execPath, [GITOPS, 'validate', '--kubernetes-version', '1.34', '--format', 'json'], folder)
}

const STRICT = ['-strict', '-kubernetes-version', '1.34.4', '-schema-location', SCHEMAS]

function kubeconform(folder: string): Promise<Measured> {
  return measure(KUBECONFORM, [...STRICT, '-n', '8', folder], folder)
}

/** One build and one check an overlay, two at a time, as a CI script would do it. */
function perOverlay(overlays: readonly string[], cwd: string): Promise<Measured> {
  const each = `"${KUSTOMIZE}" build "$1" | "${KUBECONFORM}" ${STRICT.map((word) => `"${word}"`).join(' ')} -`
  const script = `printf '%s\\0' "$@" | xargs -0 -n1 -P2 sh -c '${each.replaceAll("'", "'\\''")}' sh`
  return measure('sh', ['-c', script, 'sh', ...overlays], cwd)
}

function row(first: string, second: string, ours: Measured, theirs: Measured): string {
  const show = ({ wall, cpu, memory }: Measured) => `${wall.toFixed(2)} / ${cpu.toFixed(2)}  ${memory.toFixed(0)}`
  return `${first.padEnd(9)}  ${second.padEnd(6)}  ${show(ours).padEnd(20)}  ${show(theirs).padEnd(26)}  ${ratio(ours.wall, theirs.wall)} / ${ratio(ours.cpu, theirs.cpu)}`
}

function ratio(ours: number, theirs: number): string {
  return (ours / theirs).toFixed(2)
}
