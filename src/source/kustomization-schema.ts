import type { Schema } from '../kubernetes/schema.ts'

/** kustomize's `types.Kustomization` (api v0.21.2) as a structural schema; what lies deeper is kustomize's to judge. */
const STRING: Schema = { type: 'string' }
const BOOLEAN: Schema = { type: 'boolean' }
const ANY: Schema = { preserveUnknown: true }
const STRINGS: Schema = { type: 'array', items: STRING }
const STRING_MAP: Schema = { type: 'object', additionalProperties: STRING }

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties: new Map(Object.entries(properties)),
  required,
})
const listOf = (items: Schema): Schema => ({ type: 'array', items })

const OPEN: Schema = { type: 'object', preserveUnknown: true }
const OBJECT_META = object({
  name: STRING,
  namespace: STRING,
  labels: STRING_MAP,
  annotations: STRING_MAP,
})
const SELECTOR = object({
  group: STRING,
  version: STRING,
  kind: STRING,
  name: STRING,
  namespace: STRING,
  labelSelector: STRING,
  annotationSelector: STRING,
})
const PATCH = object({
  path: STRING,
  patch: STRING,
  target: SELECTOR,
  options: { type: 'object', additionalProperties: BOOLEAN },
})
const GENERATOR_OPTIONS = object({
  labels: STRING_MAP,
  annotations: STRING_MAP,
  disableNameSuffixHash: BOOLEAN,
  immutable: BOOLEAN,
})
const GENERATOR = {
  name: STRING,
  namespace: STRING,
  behavior: { type: 'string', enum: ['create', 'replace', 'merge'] },
  literals: STRINGS,
  files: STRINGS,
  envs: STRINGS,
  env: STRING,
  options: GENERATOR_OPTIONS,
} satisfies Record<string, Schema>
const HELM_CHART = object({
  name: STRING,
  version: STRING,
  repo: STRING,
  releaseName: STRING,
  namespace: STRING,
  valuesFile: STRING,
  additionalValuesFiles: STRINGS,
  valuesInline: OPEN,
  valuesMerge: STRING,
  includeCRDs: BOOLEAN,
  skipHooks: BOOLEAN,
  skipTests: BOOLEAN,
  apiVersions: STRINGS,
  kubeVersion: STRING,
  nameTemplate: STRING,
  debug: BOOLEAN,
  devel: BOOLEAN,
})

export const KUSTOMIZATION_SCHEMA: Schema = object({
  apiVersion: STRING,
  kind: { type: 'string', enum: ['Kustomization', 'Component'] },
  metadata: OBJECT_META,
  openapi: object({ path: STRING }),
  resources: STRINGS,
  bases: STRINGS,
  components: STRINGS,
  crds: STRINGS,
  namePrefix: STRING,
  nameSuffix: STRING,
  namespace: STRING,
  commonLabels: STRING_MAP,
  commonAnnotations: STRING_MAP,
  labels: listOf(
    object({ pairs: STRING_MAP, includeSelectors: BOOLEAN, includeTemplates: BOOLEAN, fields: listOf(ANY) }),
  ),
  patches: listOf(PATCH),
  patchesStrategicMerge: STRINGS,
  patchesJson6902: listOf(PATCH),
  images: listOf(
    object({ name: STRING, newName: STRING, newTag: STRING, tagSuffix: STRING, digest: STRING }, ['name']),
  ),
  imageTags: listOf(ANY),
  replacements: listOf(object({ path: STRING, source: ANY, targets: listOf(ANY) })),
  replicas: listOf(object({ name: STRING, count: { type: 'integer' } })),
  vars: listOf(ANY),
  sortOptions: object({ order: STRING, legacySortOptions: OPEN }),
  configMapGenerator: listOf(object(GENERATOR)),
  secretGenerator: listOf(object({ ...GENERATOR, type: STRING })),
  helmGlobals: object({ chartHome: STRING, configHome: STRING }),
  helmCharts: listOf(HELM_CHART),
  helmChartInflationGenerator: listOf(ANY),
  generatorOptions: GENERATOR_OPTIONS,
  configurations: STRINGS,
  generators: STRINGS,
  transformers: STRINGS,
  validators: STRINGS,
  buildMetadata: STRINGS,
})
