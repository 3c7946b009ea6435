import { readConfig } from '../../src/config/read.ts'
import type { Config } from '../../src/config/schema.ts'
import type { VersionField } from '../../src/image/field.ts'
import { matchFields } from '../../src/image/identity.ts'
import { filesOfInterest } from '../../src/promote/edge.ts'
import type { History, Standing } from '../../src/promote/history.ts'
import { type Circumstances, type Plan, plan } from '../../src/promote/plan.ts'
import { readSnapshot } from '../../src/promote/snapshot.ts'
import { readVersions } from '../../src/promote/versions.ts'
import { createTree } from '../../src/repository/tree.ts'

/** The files of a commit; `undefined` is a symbolic link. */
export type Files = Readonly<Record<string, string | undefined>>

/** Commits are a day apart; the first is on 2026-01-01. */
export const day = (number: number) => Date.UTC(2026, 0, number)

/** The configuration of most tests. */
export const CHAIN = `layout: envs/{env}/{app}
environments:
  dev:
  staging: { from: dev }
  prod: { from: staging }
`

export function configOf(text: string): Config {
  const read = readConfig(text, '.gitops.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.config
}

/** A plan for the last of these commits, each of which changes some files of the one before. */
export function planFor(
  commits: readonly Files[],
  options: Circumstances & { config?: string; now?: number } = {},
): Plan {
  const { config: text = CHAIN, now = day(100), ...circumstances } = options
  const { config, base } = worldOf(commits, text, circumstances)
  return plan(base, config, now, circumstances)
}

/** What a run reads of these commits. */
export function worldOf(commits: readonly Files[], text = CHAIN, circumstances: Circumstances = {}) {
  const config = configOf(text)
  const states = commits.map((_, at) => Object.assign({}, ...commits.slice(0, at + 1)) as Files)
  const snapshot = readSnapshot(treeOf(states.at(-1) ?? {}), config, 'shop')
  const asked = filesOfInterest(snapshot, circumstances.request ?? {})
  const history = historyOf(states, config, new Set(asked.keys()))
  const tree = treeOf(states.at(-1) ?? {})
  return { config, base: { ...snapshot, history, tree, commit: `c${states.length}` } }
}

/** What is left of a plan that a test looks at: one line a promotion. */
export function told({ promotions }: Plan): string[] {
  return promotions.map(({ app, from, to, status, changes }) => {
    const moved = changes.map(({ old, new: value }) => `${old}→${value}`).join(' ')
    return `${app} ${from.join('+')}→${to} ${status}${moved === '' ? '' : ` ${moved}`}`
  })
}

export function reasonOf({ promotions }: Plan): string {
  return promotions.map(({ reason }) => reason ?? '').join('\n')
}

/** The files that a plan's pull requests make, over those that it was made of. */
export function merged({ pullRequests }: Plan): Files {
  const files = pullRequests.flatMap((request) => request.files)
  return Object.fromEntries(files.map(({ path, after }) => [path, new TextDecoder().decode(after)]))
}

export function kustomization(...images: string[]): string {
  const items = images.map((image) => {
    const [, name, tag, digest] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(image) ?? []
    return `  - name: ${name}\n${tag ? `    newTag: ${tag}\n` : ''}${digest ? `    digest: ${digest}\n` : ''}`
  })
  return `images:\n${items.join('')}`
}

/** The kustomizations of one application by environment: `{ dev: 'web:v2', prod: 'web:v1' }`. */
export function web(images: Readonly<Record<string, string | readonly string[]>>, app = 'web'): Files {
  return Object.fromEntries(
    Object.entries(images).map(([environment, list]) => [
      `envs/${environment}/${app}/kustomization.yaml`,
      kustomization(...[list].flat()),
    ]),
  )
}

function treeOf(files: Files) {
  const present = Object.entries(files).filter(([, text]) => text !== undefined)
  const links = Object.entries(files).filter(([, text]) => text === undefined)
  const bytes = new Map(present.map(([path, text]) => [path, new TextEncoder().encode(text)]))
  return createTree([...bytes.keys()], (path) => bytes.get(path), new Map(links.map(([path]) => [path, 'a link'])))
}

/** The past, read from every state: slow, and without a thought. */
function historyOf(states: readonly Files[], config: Config, known: ReadonlySet<string>): History {
  const fieldsIn = (state: number, file: string) => {
    const text = states[state]?.[file]
    const bytes = text === undefined ? undefined : new TextEncoder().encode(text)
    return bytes ? readVersions(file, bytes, ['images', 'charts', 'refs'], config.limits.yaml).fields : []
  }
  const fieldIn = (state: number, field: VersionField) => {
    const tip = fieldsIn(states.length - 1, field.file)
    const { pairs } = matchFields(fieldsIn(state, field.file), tip, () => '')
    return pairs.find(({ target }) => target.span.start === field.span.start)?.source
  }
  const valueIn = (state: number, field: VersionField) => fieldIn(state, field)?.value
  const values = (field: VersionField) => {
    if (!known.has(field.file)) throw new Error(`nobody asked for the past of ${field.file}`)
    return states.map((_, state) => valueIn(state, field))
  }
  return {
    since(field): Standing {
      const all = values(field)
      const at = all.findLastIndex((value) => value !== field.value) + 1
      return {
        commit: `c${at + 1}`,
        time: day(at + 1),
        order: states.length - 1 - at,
        created: all[at - 1] === undefined,
      }
    },
    stood: (field, value) => values(field).includes(value),
    before: () =>
      states.slice(0, -1).map((_, at) => {
        const state = states.length - 2 - at
        return {
          ...{ commit: `c${state + 2}`, time: day(state + 2), order: at },
          field: (now) => fieldIn(state, now),
          held: (now, value) => valueIn(state, now) === value,
        }
      }),
  }
}
