import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { diffWorktree, type WorktreeDiffRequest } from '../../src/diff/worktree-diff.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { runProcess } from '../../src/repository/process.ts'

const SOURCE = join(import.meta.dirname, '../../src/index.ts')

export type Files = Readonly<Record<string, string>>

/** A repository with one commit, whose working tree a test changes. */
export class Repository {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-diff-')))

  constructor(files: Files, links: Files = {}) {
    this.git('init', '--quiet', '--initial-branch=main')
    this.write(files)
    for (const [path, target] of Object.entries(links)) this.link(path, target)
    this.git('add', '--all')
    this.git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'First')
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true })
      writeFileSync(join(this.root, path), text)
    }
  }

  /** Makes a link, or has it lead elsewhere. */
  link(path: string, target: string): void {
    rmSync(join(this.root, path), { force: true })
    symlinkSync(target, join(this.root, path))
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true })
  }

  git(...args: string[]): string {
    const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    return execFileSync('git', args, { cwd: this.root, env, encoding: 'utf8', stdio: 'pipe' })
  }

  diff(request: Partial<WorktreeDiffRequest> = {}) {
    const ports = {
      workingDirectory: this.root,
      environment: process.env,
      run: runProcess,
      startEngines,
      processors: 1,
    }
    return diffWorktree({ base: 'main', paths: ['.'], ...request }, ports)
  }

  /** The command line from its source, in a process of its own. */
  run(...args: string[]) {
    const argv = JSON.stringify(['node', 'gitops', 'diff', ...args])
    const script = `import { cli } from ${JSON.stringify(SOURCE)}\nprocess.argv = ${argv}\nawait cli()`
    const { PATH, HOME } = process.env
    const env = { PATH, HOME, GITHUB_ACTIONS: 'true' }
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: this.root,
      env,
      encoding: 'utf8',
    })
    return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr }
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

export function configMap(name: string, value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n`
}
