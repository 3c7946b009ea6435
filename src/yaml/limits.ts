/** Caps behind which input is a finding `yaml/limit` instead of a crash. `.gitops.yaml` (`limits`) changes them. */
export interface YamlLimits {
  /** Bytes of one file. */
  file: number
  /** UTF-16 units of one document, thus of one resource. */
  resource: number
  /** Documents of one file. */
  documents: number
  /** Nested collections. */
  depth: number
  /** Nodes of one document after its aliases are expanded. */
  nodes: number
}

const MiB = 1024 * 1024

export const DEFAULT_YAML_LIMITS: YamlLimits = {
  file: 64 * MiB,
  resource: 3 * MiB,
  documents: 100_000,
  depth: 100,
  nodes: 4_000_000,
}
