import { expression } from './expression.mjs'

/**
 * Folds the releases into one catalog. What did not change from one minor to the next is written once:
 *
 *     minors  ["1.24", …], ascending; every number below is an index into it
 *     kinds   { "apps/v1": { "Deployment": ["V1Deployment", first, last, 1 when cluster-scoped] } }
 *     models  { "V1DeploymentSpec": [[first, { property: type }], [next, { changed: type, removed: 0 }], …] }
 *
 * @param {import('./client-node.mjs').Release[]} releases ascending
 */
export function foldReleases(releases) {
  const minors = releases.map((release) => release.minor)
  const formats = knownFormats(releases)
  const contents = releases.map((release) => readContents(release, formats))
  return { minors, kinds: foldKinds(releases), models: foldModels(contents) }
}

/** 0.x has no formats. A field's format never changes, so the oldest release that knows it speaks for those before. */
function knownFormats(releases) {
  const formats = new Map()
  for (const { models } of releases) {
    for (const [model, properties] of models) {
      for (const { name, type, format } of properties) {
        const key = `${model} ${name} ${type}`
        if (format && !formats.has(key)) formats.set(key, format)
      }
    }
  }
  return formats
}

function readContents({ models }, formats) {
  const contents = new Map()
  for (const [model, properties] of models) {
    const content = {}
    for (const property of properties) {
      const format = property.format || formats.get(`${model} ${property.name} ${property.type}`) || ''
      content[property.name] = expression(model, { ...property, format })
    }
    contents.set(model, content)
  }
  return contents
}

function foldKinds(releases) {
  const kinds = {}
  releases.forEach((release, index) => {
    for (const { apiVersion, kind, model, namespaced } of release.kinds) {
      kinds[apiVersion] ??= {}
      const kept = kinds[apiVersion][kind]
      kinds[apiVersion][kind] = extend(kept, [model, index, index, ...(namespaced ? [] : [1])], `${apiVersion} ${kind}`)
    }
  })
  return sorted(kinds, sorted)
}

function extend(kept, served, name) {
  if (!kept) return served
  const [model, first, last, cluster] = kept
  if (model !== served[0] || last !== served[1] - 1 || cluster !== served[3]) {
    throw new Error(`${name} changed its model or scope, or came back after a pause; the catalog cannot say so yet.`)
  }
  return [model, first, ...served.slice(2)]
}

function foldModels(contents) {
  const names = [...new Set(contents.flatMap((content) => [...content.keys()]))]
  return sorted(Object.fromEntries(names.map((name) => [name, foldVariants(contents.map((all) => all.get(name)))])))
}

function foldVariants(contents) {
  const variants = []
  let before = {}
  contents.forEach((content, index) => {
    const change = content && difference(before, content)
    if (!change || (variants.length > 0 && Object.keys(change).length === 0)) return
    variants.push([index, change])
    before = content
  })
  return variants
}

function difference(before, after) {
  const change = {}
  for (const name of Object.keys(after)) if (before[name] !== after[name]) change[name] = after[name]
  for (const name of Object.keys(before)) if (!(name in after)) change[name] = 0
  return change
}

function sorted(record, inner = (value) => value) {
  const names = Object.keys(record).sort((a, b) => (a < b ? -1 : 1))
  return Object.fromEntries(names.map((name) => [name, inner(record[name])]))
}
