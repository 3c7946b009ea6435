import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of files for one test, with or without Git. */
export interface Repository {
  root: string
  write(files: Readonly<Record<string, string | Uint8Array>>): void
  remove(...paths: string[]): void
  git(...args: string[]): string
  /** Commits everything and answers with the commit's id. */
  commit(message?: string): string
  dispose(): void
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}

export function createRepository(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  options: { git?: boolean } = {},
): Repository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-bundle-')))
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env: { ...process.env, ...IDENTITY }, encoding: 'utf8', stdio: 'pipe' })
  const repository: Repository = {
    root,
    git,
    write(written) {
      for (const [path, text] of Object.entries(written)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
    },
    remove: (...paths) => {
      for (const path of paths) rmSync(join(root, path), { recursive: true })
    },
    commit(message = 'Change') {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD').trim()
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
  repository.write(files)
  if (options.git ?? true) git('init', '--quiet', '--initial-branch', 'main')
  return repository
}

/** A ConfigMap in the flow style, one line a field, so that tests can count lines. */
export function configMap(name: string, data: Readonly<Record<string, string>> = { a: 'x' }): string {
  const entries = Object.entries(data).map(([key, value]) => `  ${key}: ${value}\n`)
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${entries.join('')}`
}

/** A manifest with an error (`data` is no mapping) in line 5, column 7. */
export function brokenMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: text\n`
}
