/**
 * Kubernetes' OpenAPI documents as the JSON Schemas (draft 4) that kubeconform reads with `-strict`, one per kind, named
 * as its catalog names them: `deployment-apps-v1.json`, `service-v1.json`. They judge as that catalog does: an object with
 * properties is closed, null stands for whatever is absent, apiVersion and kind are those of the file.
 * @param {object[]} documents parsed `api/openapi-spec/v3/*.json`
 * @returns {Map<string, object>} file name → schema
 */
export function standaloneSchemas(documents) {
  const models = new Map(documents.flatMap((document) => Object.entries(document.components?.schemas ?? {})))
  const schemas = new Map()
  for (const [name, model] of models) {
    const served = model['x-kubernetes-group-version-kind']
    // Several kinds in one model (DeleteOptions, WatchEvent) are never manifests.
    if (served?.length !== 1) continue
    schemas.set(fileName(served[0]), standalone(name, served[0], models))
  }
  return schemas
}

function fileName({ group, version, kind }) {
  const parts = group === '' ? [kind, version] : [kind, group.split('.')[0], version]
  return `${parts.join('-').toLowerCase()}.json`
}

function standalone(name, { group, version, kind }, models) {
  const definitions = {}
  const missing = [name]
  for (let next = missing.pop(); next; next = missing.pop()) {
    if (definitions[next]) continue
    definitions[next] = nullable(strict(models.get(next), (reference) => missing.push(reference)))
  }
  const { [name]: root, ...others } = definitions
  const { apiVersion, ...properties } = root.properties
  return {
    ...root,
    properties: {
      ...properties,
      apiVersion: { ...apiVersion, enum: [group === '' ? version : `${group}/${version}`] },
      kind: { ...properties.kind, enum: [kind] },
    },
    definitions: others,
  }
}

/** One model, closed and without what does not decide (descriptions, defaults, vendor extensions). */
function strict(model, refer) {
  const reference = referenceOf(model)
  if (reference) {
    refer(reference)
    return { $ref: `#/definitions/${reference}` }
  }
  const alternatives = model.oneOf ?? model.anyOf
  if (alternatives) return { type: alternatives.map(({ type }) => type) }

  const { type, format, properties, required, items, additionalProperties } = model
  return {
    ...(type && { type }),
    ...(format && { format }),
    ...(required && { required }),
    ...(properties && { properties: strictProperties(properties, required ?? [], refer), additionalProperties: false }),
    ...(items && { items: nullable(strict(items, refer)) }),
    ...(additionalProperties && { additionalProperties: nullable(strict(additionalProperties, refer)) }),
  }
}

function strictProperties(properties, required, refer) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const schema = strict(property, refer)
      return [name, required.includes(name) ? schema : nullable(schema)]
    }),
  )
}

/** A reference stands bare, or alone in allOf beside a default and a description. */
function referenceOf({ $ref, allOf }) {
  return ($ref ?? allOf?.[0].$ref)?.replace('#/components/schemas/', '')
}

function nullable(schema) {
  return schema.type ? { ...schema, type: [schema.type, 'null'].flat() } : schema
}
