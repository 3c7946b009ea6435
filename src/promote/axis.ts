import { isShared } from './environment-name.ts'

/** How the name of an environment stands in a path: as a folder, or within the name of a file. */
interface Place {
  /** Folders above. */
  above: readonly string[]
  environment: string
  /** The name that holds it, as a template: `{env}`, `values-{env}.yaml`. */
  form: string
  /** Below it, alike in every environment; empty for files. */
  below: string
}

/** Files that differ only in their environment, found at one depth below folders of one shape. */
export interface Axis {
  /** A layout that fits all of it. */
  layout: string
  environments: ReadonlySet<string>
  /** The files it explains. */
  files: ReadonlySet<string>
  /** How many of them several environments have. */
  shared: number
}

/** What is known of a file that holds versions. */
export interface VersionedFile {
  path: string
  /** Whether the file by itself is what an operator deploys: an Argo CD Application or a HelmRelease. */
  deploysItself: boolean
}

const FILE_FORM = /^(values[-.])?([A-Za-z0-9._-]+?)([-.]values)?(\.ya?ml|\.json)$/

/** Folder names that hold environments or applications and never are one. */
const CONTAINER =
  /^(?:apps?|applications|argocd|charts?|clusters?|config|deploy|deployments?|env|envs|environments?|flux|gitops|helm|infra|infrastructure|k8s|kubernetes|kustomize|manifests|overlays|releases|services|stages|values)$/

/**
 * The directions in which a tree repeats itself by environment. Pure in the paths, so that the same tree gives the same
 * answer in any order.
 *
 * @param nameRank the rank of what is the name of an environment; siblings of one rank only make no axis.
 */
export function findAxes(
  files: readonly VersionedFile[],
  nameRank: (name: string) => number | undefined,
  fewest: number,
): Axis[] {
  const siblings = new Map<string, { above: readonly string[]; form: string; places: [Place, VersionedFile][] }>()
  for (const file of files) {
    for (const place of placesIn(file.path, nameRank)) {
      const key = [...place.above, place.form].join('/')
      const group = siblings.get(key) ?? { above: place.above, form: place.form, places: [] }
      group.places.push([place, file])
      siblings.set(key, group)
    }
  }
  const shapes = new Map<string, Group[]>()
  for (const { above, form, places } of siblings.values()) {
    const ranks = new Set(places.map(([place]) => nameRank(place.environment)))
    if (ranks.size < fewest) continue
    const key = `${above.length} ${form}`
    shapes.set(key, [...(shapes.get(key) ?? []), { above, form, places }])
  }
  return [...shapes.values()]
    .flatMap(splitByContainer)
    .map(axisOf)
    .sort((a, b) => b.shared - a.shared || (a.layout < b.layout ? -1 : 1))
}

/** `apps` and `infrastructure` above the same environments are no applications, but two directions. */
function splitByContainer(groups: readonly Group[]): Group[][] {
  const [first] = groups as readonly [Group]
  const at = first.above.findIndex((_, index) => {
    const names = new Set(groups.map(({ above }) => above[index] as string))
    return names.size > 1 && [...names].every((name) => CONTAINER.test(name))
  })
  if (at < 0) return [[...groups]]
  const names = [...new Set(groups.map(({ above }) => above[at]))]
  return names.flatMap((name) => splitByContainer(groups.filter(({ above }) => above[at] === name)))
}

interface Group {
  above: readonly string[]
  form: string
  places: [Place, VersionedFile][]
}

function* placesIn(path: string, nameRank: (name: string) => number | undefined): Generator<Place> {
  const names = path.split('/')
  const file = names.at(-1) as string
  for (const [at, name] of names.slice(0, -1).entries()) {
    if (nameRank(name) === undefined) continue
    const below = names.slice(at + 1).map((part) => withoutName(part, name))
    yield { above: names.slice(0, at), environment: name, form: '{env}', below: below.join('/') }
  }
  const [, before = '', name = '', after = '', extension = ''] = FILE_FORM.exec(file) ?? []
  if (name === '' || nameRank(name) === undefined) return
  yield { above: names.slice(0, -1), environment: name, form: `${before}{env}${after}${extension}`, below: '' }
}

/** `values-prod.yaml` below `prod` is the `values-staging.yaml` below `staging`. */
export function withoutName(text: string, environment: string): string {
  if (environment === '') return text
  let neutral = ''
  let done = 0
  for (let at = text.indexOf(environment); at >= 0; at = text.indexOf(environment, at + 1)) {
    const end = at + environment.length
    if (at < done || !isBetweenWords(text[at - 1]) || !isBetweenWords(text[end])) continue
    neutral += `${text.slice(done, at)}{env}`
    done = end
  }
  return neutral + text.slice(done)
}

function isBetweenWords(character: string | undefined): boolean {
  return character === undefined || '-_./'.includes(character)
}

function axisOf(groups: readonly Group[]): Axis {
  const [first] = groups as readonly [Group]
  const places = groups.flatMap((group) => group.places)
  const above = levelsAbove(groups)
  const below = above.some((name) => name.startsWith('{')) || first.form !== '{env}' ? '' : levelBelow(places)
  return {
    layout: [...above, first.form].join('/') + below,
    environments: new Set(places.map(([place]) => place.environment)),
    files: new Set(places.map(([, file]) => file.path)),
    shared: sharedFiles(groups),
  }
}

/** What differs between the folders above is a level, the last of them the application. */
function levelsAbove(groups: readonly Group[]): string[] {
  const [{ above, form, places }] = groups as readonly [Group]
  const differing = above.map((_, at) => new Set(groups.map((group) => group.above[at])).size > 1)
  const last = differing.lastIndexOf(true)
  if (last >= 0) return above.map((name, at) => (!differing[at] ? name : at === last ? '{app}' : `{level${at + 1}}`))
  // One application alone: the last folder that could be its name.
  if (form === '{env}' && levelBelow(places) !== '') return [...above]
  const at = above.findLastIndex((name) => !CONTAINER.test(name))
  const nearest = at >= 0 && above.slice(at + 1).every((name) => CONTAINER.test(name))
  return above.map((name, index) => (nearest && index === at && above.length - at <= 2 ? '{app}' : name))
}

/** Applications may be the folders or files in an environment's folder. */
function levelBelow(places: readonly [Place, VersionedFile][]): string {
  const direct = places.filter(([place]) => !place.below.includes('/'))
  // What stands beside a base builds on it: clusters or variants of one application.
  if (direct.length === 0) return places.some(([{ below }]) => isShared(below.split('/', 1)[0] ?? '')) ? '' : '/{app}'
  const alone = direct.length === places.length && direct.every(([place, file]) => isApplication(place, file))
  const extensions = new Set(direct.map(([place]) => /\.[a-z]+$/.exec(place.below)?.[0] ?? ''))
  return alone && extensions.size === 1 ? `/{app}${[...extensions][0]}` : ''
}

/** An operator's object, or one of those files without extension that some repositories keep for each application. */
function isApplication({ below }: Place, { deploysItself }: VersionedFile): boolean {
  return deploysItself || (!below.includes('.') && below !== 'Kustomization')
}

function sharedFiles(groups: readonly Group[]): number {
  let shared = 0
  for (const { places } of groups) {
    const environments = new Map<string, Set<string>>()
    for (const [{ below, environment }] of places) {
      environments.set(below, (environments.get(below) ?? new Set()).add(environment))
    }
    for (const names of environments.values()) if (names.size > 1) shared += names.size
  }
  return shared
}
