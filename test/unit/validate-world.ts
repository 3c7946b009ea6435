import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { Finding } from '../../src/report/finding.ts'
import type { ValidateReport } from '../../src/report/report.ts'
import { command } from '../effects/command-world.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder with these files, not in a repository. */
export function folderOfFiles(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-validate-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** A repository with these files in its working tree, and no commit. */
export function repositoryOfFiles(files: Readonly<Record<string, string>>): string {
  const folder = folderOfFiles(files)
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  return folder
}

/** What `gitops validate` answers in a repository of these files. */
export async function validated(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<{ code: number; report: ValidateReport; stderr: string }> {
  return validatedIn(repositoryOfFiles(files), args)
}

export async function validatedIn(folder: string, args: readonly string[] = []) {
  const { code, stdout, stderr } = await command(['validate', '--format', 'json', ...args], folder)
  return { code, report: (stdout === '' ? undefined : JSON.parse(stdout)) as ValidateReport, stderr }
}

/** A finding as `rule file:line:column`. */
export function placed({ rule, file, line, column }: Finding): string {
  return `${rule} ${file}:${line}:${column}`
}
