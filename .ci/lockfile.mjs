// package-lock.json: every package carries a sha512, none comes from git, none names a registry host
// (npm writes a host only when the user's own npmrc has it; ours must install from anywhere).
import { readFileSync } from 'node:fs'

const { packages, lockfileVersion } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const entries = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.link)

const wrong = entries.flatMap(([path, { integrity, resolved, inBundle }]) => [
  ...(inBundle || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path}: no sha512 integrity`]),
  ...(/^(git|github|ssh|file)\b|\.git\b/.test(resolved ?? '') ? [`${path}: comes from ${resolved}`] : []),
  ...(resolved
    ? [`${path}: names where it was downloaded; npm install --omit-lockfile-registry-resolved removes it`]
    : []),
])
for (const line of wrong) process.stderr.write(`${line}\n`)
if (entries.length === 0) process.stderr.write('package-lock.json lists no package\n')
process.stdout.write(`${entries.length} packages, lockfile version ${lockfileVersion}, ${wrong.length} problems\n`)
process.exitCode = wrong.length > 0 || entries.length === 0 ? 1 : 0
