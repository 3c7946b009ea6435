import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { ValidateReport } from '../../../src/report/report.ts'

const ROOT = join(import.meta.dirname, '../../..')
const KUBERNETES = '1.34.4'

export const SCHEMAS = join(ROOT, '.peers/schemas')
export const STRICT_SCHEMAS = join(SCHEMAS, `v${KUBERNETES}-standalone-strict`)

/** What a judge has against each file; a file without an entry was never read, one with an empty list is valid. */
export type Judgements = Map<string, string[]>

interface KubeconformReport {
  resources: { filename: string; status: string; msg: string }[]
}

/** One run of kubeconform over a folder. */
export async function askKubeconform(folder: string): Promise<Judgements> {
  const flags = [
    '-strict',
    '-verbose',
    '-output',
    'json',
    '-kubernetes-version',
    KUBERNETES,
    '-schema-location',
    SCHEMAS,
  ]
  const { resources } = JSON.parse(
    await outputOf(join(ROOT, '.peers/bin/kubeconform'), [...flags, '.'], folder),
  ) as KubeconformReport
  const judgements: Judgements = new Map()
  for (const { filename, status, msg } of resources) {
    const messages = judgements.get(filename) ?? []
    // Documents of comments only have an empty status.
    if (status === 'statusInvalid' || status === 'statusError') messages.push(msg)
    else if (status !== 'statusValid' && status !== '') throw new Error(`kubeconform says ${status} of ${filename}`)
    judgements.set(filename, messages)
  }
  return judgements
}

/** Rules for what a schema checker can know; the others judge what kubeconform never looks at. */
const SCHEMA_RULES = /^(yaml|schema)\/|^manifest\/kind$|^api\/removed$/

/** One run of the committed command line over a folder. What has no schema counts as an error there too. */
export async function askGitops(folder: string, files: readonly string[]): Promise<Judgements> {
  const flags = ['--format', 'json', '--kubernetes-version', '1.34', '--unvalidated', 'error', '--fail-on', 'never']
  const gitops = [join(ROOT, 'bin/gitops.js'), 'validate', ...flags, '.']
  const report = JSON.parse(await outputOf(process.execPath, gitops, folder)) as ValidateReport
  if (report.summary.files !== files.length) {
    throw new Error(`gitops counts ${report.summary.files} files, but there are ${files.length}`)
  }
  if (report.summary.skipped !== 0) throw new Error(`gitops skipped ${report.summary.skipped} resources`)
  const judgements: Judgements = new Map(files.map((file) => [file, []]))
  for (const { file, rule, severity, message } of report.findings) {
    if (severity === 'error' && SCHEMA_RULES.test(rule)) judgements.get(file)?.push(`${rule}: ${message}`)
  }
  return judgements
}

/** Standard output, whatever the exit code: 1 only means that something was found. */
function outputOf(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, maxBuffer: 1 << 29 }, (error, stdout, stderr) => {
      if (error && stdout === '') reject(new Error(`${command} ${args.join(' ')}: ${stderr || error.message}`))
      else resolve(stdout)
    })
  })
}
