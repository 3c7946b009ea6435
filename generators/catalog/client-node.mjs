import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One release of `@kubernetes/client-node`, read as text: the package is never executed.
 *
 * @typedef {{ name: string, type: string, format: string, required: boolean }} Property
 * @typedef {{ apiVersion: string, kind: string, model: string, namespaced: boolean }} Kind
 * @typedef {{ minor: string, models: Map<string, Property[]>, kinds: Kind[] }} Release
 */

/**
 * @param {string} folder the installed package
 * @returns {Release} the kinds the release can create, and the models reachable from them
 */
export function readRelease(folder) {
  const generated = join(folder, 'dist', 'gen')
  const modern = existsSync(join(generated, 'models'))
  const models = join(generated, modern ? 'models' : 'model')
  const kinds = (modern ? modernApis(generated) : earlyApis(generated)).flatMap(readKinds)
  return { minor: readMinor(models), models: reachable(readModels(models), kinds), kinds }
}

/** The README's table of versions is wrong for 0.x (it says 0.20 is 1.29); the generated files know. */
function readMinor(models) {
  const file = readdirSync(models).find((name) => /^v1Deployment\.js$/i.test(name))
  const header = readFileSync(join(models, file), 'utf8')
  const found = /OpenAPI (?:spec version|document): (?:v|release-)(\d+\.\d+)/.exec(header)
  if (!found) throw new Error(`${join(models, file)} names no Kubernetes version in its header.`)
  return found[1]
}

/** Since 1.0 the tarballs carry files of older releases; PromiseAPI.js names the classes that are of this one. */
function modernApis(generated) {
  const index = readFileSync(join(generated, 'types', 'PromiseAPI.js'), 'utf8')
  return [...index.matchAll(/^import \{ Observable(\w+) \}/gm)].map(([, name]) => join(generated, 'apis', `${name}.js`))
}

function earlyApis(generated) {
  const folder = join(generated, 'api')
  const index = readFileSync(join(folder, 'apis.js'), 'utf8')
  const names = new Set([...index.matchAll(/require\("\.\/(\w+Api)"\)/g)].map(([, name]) => name))
  return [...names].map((name) => join(folder, `${name}.js`))
}

/**
 * `createNamespacedDeployment` posts a `V1Deployment` to `/apis/apps/v1/namespaces/{namespace}/deployments`:
 * the path has group, version and scope, the method the kind. A longer path is a subresource.
 * @returns {Kind[]}
 */
function readKinds(file) {
  const methods = readFileSync(file, 'utf8')
    .split(/^ {4}async create/m)
    .slice(1)
  return methods.flatMap((method) => {
    const kind = /^(?:Namespaced(?=[A-Z]))?(\w+)\(/.exec(method)?.[1]
    const path = /localVarPath = (?:this\.basePath \+ )?'([^']+)'/.exec(method)?.[1] ?? ''
    const model = /serialize\(body, "(\w+)"/.exec(method)?.[1]
    const place = /^\/apis?\/([^{]+?)(\/namespaces\/\{namespace\})?\/([a-z]+)$/.exec(path)
    if (!kind || !model || !place) return []
    return [{ apiVersion: place[1], kind, model, namespaced: place[2] !== undefined }]
  })
}

/** @returns {Map<string, Property[]>} */
function readModels(folder) {
  const models = new Map()
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.js')) continue
    const found = /^(\w+)\.attributeTypeMap = (\[[\s\S]*?^\]|\[\]);/m.exec(readFileSync(join(folder, file), 'utf8'))
    if (!found) continue
    const declaration = readFileSync(join(folder, file.replace(/\.js$/, '.d.ts')), 'utf8')
    models.set(found[1], readProperties(JSON.parse(found[2]), declaration))
  }
  return models
}

/** `name` has reserved words mangled (`_default`, `x_kubernetes_…`); only `baseName` is what manifests write. */
function readProperties(attributes, declaration) {
  const required = new Set([...declaration.matchAll(/^ {4}'([^']+)': /gm)].map(([, name]) => name))
  return attributes.map(({ name, baseName, type, format }) => ({
    name: baseName,
    type,
    format: format ?? '',
    required: required.has(name),
  }))
}

function reachable(models, kinds) {
  const found = new Map()
  const queue = kinds.map((kind) => kind.model)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const properties = models.get(name)
    if (!properties || found.has(name)) continue
    found.set(name, properties)
    queue.push(...properties.flatMap(({ type }) => type.match(/\w+/g) ?? []))
  }
  return found
}
