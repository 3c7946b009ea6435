import { basename, dirname, extname } from 'node:path/posix'

/** Files that look like settings but are a tool's own, or are no YAML for all that they have no extension. */
const NEVER = new Set([
  'Chart.lock',
  'CODEOWNERS',
  'Dockerfile',
  'Gemfile',
  'Jenkinsfile',
  'LICENSE',
  'Makefile',
  'NOTICE',
  'OWNERS',
  'Procfile',
  'README',
  'VERSION',
  'package.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'renovate.json',
  'tsconfig.json',
])

/** The folders that hold a Helm chart, of all paths of a repository. */
export function chartFolders(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) if (basename(path) === 'Chart.yaml') folders.add(dirname(path))
  return folders
}

/**
 * Whether a file may hold version fields: YAML, JSON, and files without extension (kustomizations, one file per
 * application). Never below a folder whose name starts with a dot, and never a template of a Helm chart; `templates`
 * without a `Chart.yaml` beside it is an ordinary folder.
 */
export function isCandidate(path: string, charts: ReadonlySet<string>): boolean {
  const name = basename(path)
  if (NEVER.has(name) || name.startsWith('.')) return false
  if (!['.yaml', '.yml', '.json', ''].includes(extname(name))) return false
  const folders = path.split('/').slice(0, -1)
  if (folders.some((folder) => folder.startsWith('.') || folder === 'node_modules')) return false
  return !folders.some((folder, at) => folder === 'templates' && charts.has(folders.slice(0, at).join('/') || '.'))
}
