import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'

const folders: string[] = []

export function temporary(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-remote-')))
  folders.push(folder)
  return folder
}

export function removeTemporaries(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

const ISOLATED = {
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}

/** A folder in which somebody works with git. */
export class Folder {
  readonly root: string
  /** What a program of ours sees of the environment. */
  readonly environment = { PATH: process.env.PATH, HOME: '/nonexistent' }
  #who: string

  constructor(root = temporary(), who = 'Alice') {
    this.root = root
    this.#who = who
  }

  get opened() {
    return openGit(this.root, runProcess, this.environment)
  }

  async try(...args: string[]): Promise<{ code: number; output: string }> {
    const email = `${this.#who.toLowerCase()}@example.com`
    const who = { GIT_AUTHOR_NAME: this.#who, GIT_AUTHOR_EMAIL: email }
    const committer = { GIT_COMMITTER_NAME: this.#who, GIT_COMMITTER_EMAIL: email }
    const child = spawn('git', args, { cwd: this.root, env: { ...ISOLATED, ...who, ...committer } })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk))
    const [code] = await once(child, 'close')
    return { code: code as number, output: output.trim() }
  }

  async git(...args: string[]): Promise<string> {
    const { code, output } = await this.try(...args)
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${output}`)
    return output
  }

  async commit(files: Readonly<Record<string, string | undefined>>, message = 'Change'): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      const full = join(this.root, path)
      mkdirSync(dirname(full), { recursive: true })
      if (text === undefined) rmSync(full)
      else writeFileSync(full, text)
    }
    await this.git('add', '--all')
    await this.git('commit', '--quiet', '--allow-empty', `--message=${message}`)
    return this.git('rev-parse', 'HEAD')
  }

  /** Every ref and its id, the index and what `git status` tells: what is the user's. */
  async belongings(): Promise<string> {
    const index = await this.git('hash-object', '--no-filters', '.git/index')
    const refs = await this.git('for-each-ref', '--format=%(refname) %(objectname)')
    const files = await this.git('--no-optional-locks', 'status', '--porcelain')
    const fetched = (await this.try('hash-object', '--no-filters', '.git/FETCH_HEAD')).output
    return [index, refs, files, fetched].join('\n')
  }
}

/** A bare repository with one commit on `main`, and a clone of it by `origin`. */
export async function newRemote(
  files: Readonly<Record<string, string>> = { 'a.txt': 'a\n' },
  init: readonly string[] = [],
): Promise<{ bare: Folder; clone: Folder }> {
  const bare = new Folder()
  await bare.git('init', '--quiet', '--bare', '--initial-branch=main', ...init)
  const clone = new Folder()
  await clone.git('init', '--quiet', '--initial-branch=main', ...init)
  await clone.git('remote', 'add', 'origin', bare.root)
  await clone.commit(files)
  await clone.git('push', '--quiet', 'origin', 'main')
  return { bare, clone }
}

export async function cloneOf(bare: Folder, who = 'Bob', ...flags: string[]): Promise<Folder> {
  const clone = new Folder(temporary(), who)
  await clone.git('clone', '--quiet', ...flags, `file://${bare.root}`, '.')
  return clone
}
