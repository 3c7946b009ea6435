import type { Scalar } from './scalar.ts'

/** A value as the cluster reads it. Aliased nodes are shared, so a bomb stays as small as its text. */
export type YamlValue = Scalar | YamlValue[] | YamlMapping

export interface YamlMapping {
  [key: string]: YamlValue
}

/** What is built of a node. */
export interface Composed {
  value: YamlValue
  /** Nodes in it, aliases expanded. */
  nodes: number
}
