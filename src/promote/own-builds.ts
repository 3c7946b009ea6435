import type { VersionField } from '../image/field.ts'
import { knownName } from './environment-name.ts'
import { shown } from './past.ts'
import type { Move, UnitVerdict } from './unit.ts'

/** Branches that the builds of a last environment are often named after. */
const BRANCHES: ReadonlySet<string> = new Set(['main', 'master', 'release'])

/**
 * Leaves alone what each environment has builds of its own for: `dev-279c646` is no candidate where `prod-1f00a2c` stands,
 * nor is a commit of `web-ci` where `web-release` stands by version. A version that a person names is not asked about.
 */
export function respectOwnBuilds(verdict: UnitVerdict, source: string, target: string): UnitVerdict {
  if (verdict.is !== 'move') return verdict
  for (const move of verdict.moves) {
    const reason = ownTags(move, source, target) ?? otherImage(move, source, target)
    if (reason) {
      const { file, line } = move.target
      return { ...verdict, is: 'none', reason: `${file}:${line}: ${reason}; promote one with --version.` }
    }
  }
  return verdict
}

function ownTags({ source, target }: Move, from: string, to: string): string | undefined {
  if (target.kind !== 'tag' || !namedAfter(source.value, from)) return undefined
  const own = namedAfter(target.value, to) || BRANCHES.has(words(target.value)[0] ?? '')
  if (!own || namedAfter(target.value, from) || namedAfter(source.value, to)) return undefined
  return `${from} and ${to} have builds of their own, ${shown(source.value)} and ${shown(target.value)}`
}

/** Whether a tag says which environment it was built for: `dev-279c646`, `1.4.0-staging`. Numbers in it are its own. */
function namedAfter(tag: string, environment: string): boolean {
  const [name, parts] = [words(environment), words(tag)]
  const plain = name.join('-')
  if (/^\d+$/.test(plain)) return false
  const rank = knownName(plain)?.rank
  const isIt = (word: string) => word === plain || (rank !== undefined && knownName(word)?.rank === rank)
  const lengths = [1, name.length].filter((length) => length < parts.length)
  return lengths.some((length) => [parts.slice(0, length), parts.slice(-length)].some((part) => isIt(part.join('-'))))
}

/** A tag of one repository says nothing of another, unless their tags are at least made alike. */
function otherImage({ source, target }: Move, from: string, to: string): string | undefined {
  if (target.kind !== 'tag' || scheme(source.value) === scheme(target.value)) return undefined
  const [one, other] = [plainImage(source, from), plainImage(target, to)]
  if (!one || !other || one === other) return undefined
  return `${from} has another image, ${shown(source.image ?? '')}, with tags of another kind`
}

function scheme(tag: string): 'version' | 'commit' | 'other' {
  if (/^v?\d+(?:\.\d+)+/.test(tag)) return 'version'
  return /^(?:sha-)?[0-9a-f]{7,40}$/.test(tag) ? 'commit' : 'other'
}

/** The last name of an image without what says its environment, which registries may keep apart: `web-dev` is `web`. */
function plainImage({ image }: VersionField, environment: string): string | undefined {
  const last = image?.split('/').at(-1)
  return words(last ?? '')
    .filter((word) => word !== environment && !knownName(word))
    .join('-')
}

function words(text: string): string[] {
  return text.toLowerCase().split(/[-_.]/)
}
