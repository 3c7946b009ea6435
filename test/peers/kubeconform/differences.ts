/** One way in which the two judges differ on purpose; the table in docs/kubeconform.md is made of these. */
export interface Difference {
  id: string
  /** Who finds something where the other finds nothing. */
  found: 'gitops' | 'kubeconform'
  /** What every message of the one that finds something matches. */
  message: RegExp
  what: string
  reason: string
}

export const DIFFERENCES: readonly Difference[] = [
  {
    id: 'integer-range',
    found: 'gitops',
    message: /does not fit (32|64) bits/,
    what: 'An integer that does not fit the 32 or 64 bits of its field',
    reason: 'The API server cannot decode it. JSON Schema has no such format, so kubeconform passes over it.',
  },
  {
    id: 'quantity',
    found: 'gitops',
    message: /is not a quantity/,
    what: 'A string that is no quantity: `1 Gi`, `1Kb`, an empty one',
    reason: "The API server cannot decode it. To kubeconform's schemas a quantity is any string or number.",
  },
  {
    id: 'base64',
    found: 'gitops',
    message: /is not base64/,
    what: 'Bytes that are no base64, in `data` of a Secret or a `caBundle`',
    reason: 'The API server cannot decode them. kubeconform knows no format `byte`.',
  },
  {
    id: 'required-null',
    found: 'gitops',
    message: /is required, but null/,
    what: '`null` for a required mapping, such as `spec.selector` of a Deployment',
    reason:
      "To the API server null is absent, and this field may not be. kubeconform's schemas take null for every mapping.",
  },
  {
    id: 'null-item',
    found: 'gitops',
    message: /must be (a mapping|a list), but is null/,
    what: '`null` as an item of a list of mappings, or as a value of a map of lists',
    reason: "It would become an object without any of its fields. kubeconform's schemas take null for every mapping.",
  },
  {
    id: 'nameless',
    found: 'gitops',
    message: /^schema\/missing: (The resource lacks metadata|metadata lacks the required field name)/,
    what: '`metadata` with neither `name` nor `generateName`',
    reason: 'The API server refuses it. In the schemas both fields are optional.',
  },
  {
    id: 'list-duplicate-key',
    found: 'gitops',
    message: /^yaml\/duplicate-key/,
    what: 'A key twice inside an item of a `List`',
    reason: 'kubeconform writes items anew before it judges them, and the first of the two is lost on the way.',
  },
  {
    id: 'list-items',
    found: 'gitops',
    message: /items of a List/,
    what: '`items` of a `List` that is no list',
    reason: 'Nothing in it would be applied. kubeconform finds no item in it and says nothing.',
  },
  {
    id: 'not-a-resource',
    found: 'kubeconform',
    message: /cannot unmarshal (array|string) into Go value of type map/,
    what: 'A document that is a list or a string',
    reason:
      'A repository holds YAML of every sort (values, workflows). Such a file is counted as no manifest, and named so.',
  },
  {
    id: 'nested-list',
    found: 'kubeconform',
    message: /could not find schema for List/,
    what: 'A `List` inside a `List`',
    reason: 'kubectl and kustomize unfold lists at any depth. kubeconform unfolds the outer one only.',
  },
  {
    id: 'date-time',
    found: 'gitops',
    message: /is not a date and time/,
    what: 'A time with a small `t` or `z`',
    reason: "The API server cannot decode it: Go's RFC 3339 has capitals only. kubeconform takes both.",
  },
  {
    id: 'crd',
    found: 'gitops',
    message:
      /^schema\/invalid: spec\.(group|names\.\w+|versions\[\d+\]\.(name|schema\.openAPIV3Schema\b.*)) (must be|must state|may )/,
    what: 'A CustomResourceDefinition that the API server would not accept: its names, or its schema',
    reason:
      'Nothing can be judged by it. A schema inside a schema is any mapping, and a name any string, to kubeconform.',
  },
  {
    id: 'not-applicable',
    found: 'gitops',
    message: /has no kind (ComponentStatus|Eviction|Scale) in/,
    what: 'The kinds ComponentStatus, Eviction and Scale',
    reason: 'They have schemas but cannot be created: one is only read, the others are subresources.',
  },
]

/** A row of the table in docs/kubeconform.md. */
export function asRow({ id, found, what, reason }: Difference): string {
  return `| \`${id}\` | ${what} | ${found} | ${reason} |`
}
