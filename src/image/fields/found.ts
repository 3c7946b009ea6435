import type { Span } from '../../yaml/event.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import type { Tree } from '../../yaml/tree.ts'
import type { FieldKind, FieldPlace, Owner, Promotable } from '../field.ts'

/** One object of a file, or a whole document that is none: what finders look at. */
export interface Subject {
  /** Path of the file. */
  file: string
  tree: Tree
  root: Node
  /** Of a Kubernetes object or a patch for one. */
  owner?: Owner
}

/** A version that a finder recognised in a scalar. */
export interface Found {
  kind: FieldKind
  /** Where the kind does not tell. */
  of?: Promotable
  place: FieldPlace
  /** The scalar, or the alias that stands in its place. */
  node: Node
  /** The version within the scalar's content; all of it without. */
  part?: Span
  image?: string | undefined
  chart?: string | undefined
  repository?: string | undefined
  /** Of a tag: a digest stands beside it. */
  pinned?: boolean
  /** The key says what the value is, whatever it looks like. */
  as?: 'branch' | 'range'
  /** What tag and digest have in common; the scalar itself without. */
  unit?: MapNode
  /** Which of several units of that mapping. */
  stem?: string
  /** The list item that the scalar is, without its version. */
  item?: string
}

/** A string that holds YAML, to be looked into: values of `place`, or manifests such as patches. */
export interface Inside {
  inside: Node
  as: 'manifest' | { valuesOf: FieldPlace }
}

/** Recognises versions in one kind of place. What an earlier finder found, a later one need not mind. */
export type Finder = (subject: Subject) => Iterable<Found | Inside>
