// `npm run peers:debian`: unpacks Debian packages into .peers/debian, installing nothing: the registry server that the
// registry client is tried with. Versions are the distribution's; what counts is that they are real.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const target = resolve(import.meta.dirname, '../.peers/debian')
const packages = { 'docker-registry': 'usr/bin/docker-registry' }

for (const [name, program] of Object.entries(packages)) {
  if (existsSync(join(target, program))) {
    process.stdout.write(`${name.padEnd(16)} already there\n`)
    continue
  }
  const scratch = mkdtempSync(join(tmpdir(), 'gitops-debian-'))
  try {
    download(name, scratch)
    const [file] = readdirSync(scratch).filter((each) => each.endsWith('.deb'))
    mkdirSync(target, { recursive: true })
    execFileSync('dpkg', ['-x', join(scratch, file), target])
    process.stdout.write(`${name.padEnd(16)} unpacked from ${file}\n`)
  } catch (error) {
    process.stderr.write(
      `${name} is missing: ${error.message}\nIt needs apt-get and dpkg, as Debian and Ubuntu have.\n`,
    )
    process.exitCode = 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A machine that has no package lists yet fetches them first. */
function download(name, cwd) {
  const get = () => execFileSync('apt-get', ['download', '--quiet', name], { cwd, stdio: 'pipe' })
  try {
    get()
  } catch {
    const root = process.getuid?.() === 0
    execFileSync(root ? 'apt-get' : 'sudo', [...(root ? [] : ['apt-get']), 'update', '--quiet'], { stdio: 'pipe' })
    get()
  }
}
