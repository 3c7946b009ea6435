import type { Span } from '../yaml/event.ts'
import type { PathStep } from '../yaml/locate.ts'
import type { Position } from '../yaml/position.ts'
import type { ScalarSite } from '../yaml/site.ts'

/** What a version field holds. */
export type FieldKind = 'tag' | 'digest' | 'chart' | 'ref'

/** What `.gitops.yaml` asks to promote. */
export type Promotable = 'images' | 'charts' | 'refs'

/** Which finder recognised a field. */
export type FieldPlace =
  | 'kustomization'
  | 'chart'
  | 'helm-release'
  | 'flux-source'
  | 'argo-cd'
  | 'json-patch'
  | 'pod-spec'
  | 'custom-resource'
  | 'config-map'
  | 'values'
  | 'marker'

/** The object that a field belongs to. A strategic-merge patch names the object that it patches. */
export interface Owner {
  apiVersion: string
  kind: string
  namespace?: string
  name: string
}

export type ObstacleKind =
  | 'template'
  | 'empty'
  | 'number'
  | 'invalid'
  | 'range'
  | 'branch'
  | 'moving'
  | 'alias'
  | 'automated'
  | 'encrypted'
  | 'shape'

/** Why a field is not promoted: its value cannot be taken from here (`reading`), set here (`writing`), or both. */
export interface Obstacle {
  kind: ObstacleKind
  bars: 'reading' | 'writing' | 'both'
  /** One sentence, with the cure where there is one. */
  message: string
}

/** A scalar in a file, or the part of one, that holds a version. */
export interface VersionField extends Position {
  /** Relative to the repository root. `line` and `column` are those of the scalar. */
  file: string
  /** Which document of the file, from 0. */
  document: number
  /** From the document's root. Below a block scalar that holds YAML, the path goes on inside it. */
  path: readonly PathStep[]
  /** The same from the owner's root, with list items by name: alike in every environment. */
  steps: readonly string[]
  kind: FieldKind
  /** What of the configuration's `promote` it belongs to: the digest of a Flux source is no image's. */
  of: Promotable
  place: FieldPlace
  /** The version alone, as written: text even where YAML reads a number. */
  value: string
  /** Registry and repository as written, for tags and digests, where they are told. */
  image?: string
  /** The chart's name. */
  chart?: string
  /** Where the chart or the revision comes from. */
  repository?: string
  owner?: Owner
  /** The version alone, in the file's text. Of an empty value, where it would stand. */
  span: Span
  /** The version alone, in the scalar's content: what an edit replaces. */
  part: Span
  site: ScalarSite
  /** Fields of one unit move together or not at all: tag and digest of an image, a tag and the same `?ref=`. */
  unit: string
  /** The image policy of Flux (`namespace:name`) that also writes this field. */
  marker?: string
  /** Other places that an edit here changes too, through aliases. */
  reaches?: readonly Position[]
  editable: true | Obstacle
}

/** What of the configuration's `promote` a field belongs to. */
export function promotableOf(kind: FieldKind): Promotable {
  switch (kind) {
    case 'chart':
      return 'charts'
    case 'ref':
      return 'refs'
    default:
      return 'images'
  }
}
