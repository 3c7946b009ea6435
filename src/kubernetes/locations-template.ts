import { UsageError } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'

/** A place where schemas are, as kubeconform's `-schema-location` writes it. */
export interface SchemaLocation {
  readonly kind: 'bundle' | 'file' | 'url'
  /** Where the schema of a kind is. Both names have Kubernetes' grammar. */
  placeOf(apiVersion: string, kind: string): string
}

export interface TemplateOptions {
  /** The Kubernetes version judged by: `1.34`, `1.34.2` or `master`. */
  kubernetes: string
  /** Whether the variant of a catalog is meant that refuses unknown fields. */
  strict: boolean
}

type Variable = (apiVersion: string, kind: string, options: TemplateOptions) => string

const VARIABLES: Readonly<Record<string, Variable>> = {
  NormalizedKubernetesVersion: (_apiVersion, _kind, { kubernetes }) => normalizedVersion(kubernetes),
  StrictSuffix: (_apiVersion, _kind, { strict }) => (strict ? '-strict' : ''),
  ResourceKind: (_apiVersion, kind) => kind.toLowerCase(),
  ResourceAPIVersion: (apiVersion) => apiVersion.slice(apiVersion.lastIndexOf('/') + 1),
  Group: (apiVersion) => apiVersion.split('/')[0] as string,
  KindSuffix: kindSuffix,
}

/** Where catalogs made like kubeconform's own keep their files. */
const STANDARD =
  '/{{ .NormalizedKubernetesVersion }}-standalone{{ .StrictSuffix }}/{{ .ResourceKind }}{{ .KindSuffix }}.json'

/**
 * Reads one `--schema-location`: `default` for the bundled catalog, else a path or an http(s) URL with variables, to
 * which the standard layout is added unless it ends in `json`.
 *
 * @throws UsageError where it is none of these
 */
export function readLocation(given: string, options: TemplateOptions): SchemaLocation {
  if (given === 'default') return { kind: 'bundle', placeOf: () => given }
  const kind = kindOf(given)
  const parts = parse(given.endsWith('json') ? given : given + STANDARD)
  return {
    kind,
    placeOf: (apiVersion, kind) =>
      parts.map((part) => (typeof part === 'string' ? part : part(apiVersion, kind, options))).join(''),
  }
}

function kindOf(given: string): 'file' | 'url' {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(given)?.[1]?.toLowerCase()
  if (scheme === undefined) return 'file'
  if (scheme !== 'http' && scheme !== 'https') {
    throw new UsageError(`--schema-location takes a path or an http(s) URL, not ${scheme}://….`)
  }
  const authority = given.slice(scheme.length + 3).split(/[/?#]/, 1)[0] as string
  if (!authority || authority.includes('{{'))
    throw new UsageError(`--schema-location must name its host: ${scheme}://HOST/….`)
  if (authority.includes('@')) {
    throw new UsageError(
      '--schema-location must not hold a user or password; serve the schemas without, or from a path.',
    )
  }
  if (!URL.canParse(`${scheme}://${authority}`)) throw new UsageError(`--schema-location names no host: ${scheme}://….`)
  return 'url'
}

/** The text between variables, and the variables. */
function parse(template: string): (string | Variable)[] {
  return template.split(/(\{\{.*?\}\})/s).map((part) => {
    if (part.startsWith('{{') && part.endsWith('}}')) return variable(part)
    if (!part.includes('{{')) return part
    throw new UsageError(`--schema-location ${JSON.stringify(template)} lacks }} after {{.`)
  })
}

function variable(written: string): Variable {
  const name = /^\{\{\s*\.(\w+)\s*\}\}$/.exec(written)?.[1] ?? ''
  if (Object.hasOwn(VARIABLES, name)) return VARIABLES[name] as Variable
  const names = Object.keys(VARIABLES)
  const close = nearest(name, names)
  const known = close ? `did you mean {{ .${close} }}?` : `there are ${names.map((each) => `.${each}`).join(', ')}.`
  throw new UsageError(`--schema-location knows no variable ${written}; ${known}`)
}

/** Catalogs have a folder for each patch version; that of the first one always exists. */
function normalizedVersion(kubernetes: string): string {
  if (kubernetes === 'master') return kubernetes
  const version = kubernetes.replace(/^v/, '')
  return /^\d+\.\d+$/.test(version) ? `v${version}.0` : `v${version}`
}

function kindSuffix(apiVersion: string): string {
  const [group = '', version] = apiVersion.toLowerCase().split('/')
  const label = `-${group.split('.')[0]}`
  return version === undefined ? label : `${label}-${version}`
}
