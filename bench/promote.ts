import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type PromoteWorld, promoteWorld } from '../test/bundle/promote-world.ts'
import { measure } from './measure.ts'

const GITOPS = join(import.meta.dirname, '..', 'bin', 'gitops.js')
const ENVIRONMENTS = ['dev', 'staging', 'prod']
const CHAIN = 'layout: envs/{env}/{app}\nenvironments:\n  dev:\n  staging: { from: dev }\n'
const COMMITS = 200

/** What a promotion costs: API calls by endpoint, against the GitHub of the tests, and the time that planning takes. */
export async function benchPromote(folder: string, say: (line: string) => void): Promise<void> {
  await countCalls(say)
  say('\napplications × environments   due   wall / cpu s     MB')
  for (const [apps, runs] of [
    [100, 5],
    [1000, 5],
    [5000, 3],
  ] as const) {
    const root = join(folder, `apps-${apps}`)
    writeRepository(root, apps)
    const all = []
    for (let run = 0; run < runs; run++) all.push(await measure(process.execPath, [GITOPS, 'promote'], root))
    const { wall, cpu, memory } = all.sort((a, b) => a.wall - b.wall)[0] as (typeof all)[number]
    const size = `${apps} × ${ENVIRONMENTS.length}`
    say(`${size.padEnd(28)}  ${String(apps).padEnd(4)}  ${wall.toFixed(2)} / ${cpu.toFixed(2)}   ${memory.toFixed(0)}`)
  }
}

async function countCalls(say: (line: string) => void): Promise<void> {
  const dressed = `${CHAIN}  prod: { from: staging, merge: auto, labels: [deploy], reviewers: [ann] }\npull-request: { milestone: Q1 }\n`
  for (const [what, apps, config] of [
    ['one application', 1, `${CHAIN}  prod: { from: staging }\n`],
    ['one with labels, a reviewer, a milestone, auto-merge', 1, dressed],
    ['100 applications', 100, `${CHAIN}  prod: { from: staging }\n`],
  ] as const) {
    const world = await promoteWorld({
      files: { '.gitops.yaml': config, ...dueFiles(apps) },
      settings: { allowAutoMerge: true, requiredChecks: ['ci'] },
      collaborators: ['ann'],
    })
    try {
      await world.addMilestone('Q1')
      say(`${what}: ${await callsOf(world)}`)
      say(`  the same again: ${await callsOf(world)}`)
    } finally {
      await world.close()
    }
  }
}

async function callsOf({ github, act }: PromoteWorld): Promise<string> {
  const before = github.calls.length
  const { code, stderr } = await act()
  if (code !== 0) throw new Error(`promote ended with ${code}: ${stderr}`)
  const names = github.calls.slice(before).map(({ operation }) => operation)
  const counted = new Map<string, number>()
  for (const name of names) {
    if (!name.startsWith('git-')) counted.set(name, (counted.get(name) ?? 0) + 1)
  }
  const total = [...counted.values()].reduce((sum, count) => sum + count, 0)
  return `${total} API calls (${[...counted].map(([name, count]) => `${name} ${count}`).join(', ')})`
}

/** All of staging is a version ahead of prod. */
function dueFiles(apps: number): Record<string, string> {
  const files: Record<string, string> = {}
  for (let app = 0; app < apps; app++) {
    for (const environment of ENVIRONMENTS)
      files[pathOf(environment, app)] = kustomization(app, environment === 'prod' ? 0 : 1)
  }
  return files
}

/** A repository with some past: a first commit, then one that moves a few applications in dev, again and again. */
function writeRepository(root: string, apps: number): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env: { ...process.env, ...IDENTITY } })
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
  }
  mkdirSync(root)
  git('init', '--quiet', '--initial-branch', 'main')
  for (let commit = 0; commit < COMMITS; commit++) {
    if (commit === 0) for (let app = 0; app < apps; app++) write(filesOf(app, 0))
    for (let app = commit % 10; app < apps; app += 50) write({ [pathOf('dev', app)]: kustomization(app, commit) })
    git('add', '--all')
    git('commit', '--quiet', '--message', String(commit))
  }
  write(dueFiles(apps))
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Staging moves')
}

function filesOf(app: number, version: number): Record<string, string> {
  return Object.fromEntries(ENVIRONMENTS.map((environment) => [pathOf(environment, app), kustomization(app, version)]))
}

function pathOf(environment: string, app: number): string {
  return `envs/${environment}/app${app}/kustomization.yaml`
}

function kustomization(app: number, version: number): string {
  return `resources:\n  - ../../../base\nimages:\n  - name: ghcr.io/acme/app${app}\n    newTag: 1.${version}.0\n`
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
}
