import { recognise } from '../kubernetes/manifest.ts'
import { nameOfResource } from '../kubernetes/resource.ts'
import type { ResourceName } from '../report/finding.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'

/** One resource of a rendered source. */
export interface RenderedResource extends ResourceName {
  /** As the cluster reads it. */
  readonly value: Readonly<Record<string, unknown>>
}

/** The resources of a text, and what in it is none and should be: a sentence each, which quotes nothing of it. */
export interface ReadResources {
  resources: RenderedResource[]
  problems: string[]
}

/**
 * Reads the resources of one text; a List stands for its items.
 *
 * @param file what problems are told of; empty for rendered output, whose lines nobody can look up
 */
export function readResources(text: string, file: string, limits: YamlLimits): ReadResources {
  const yaml = readYaml(text, limits)
  const resources: RenderedResource[] = []
  const told = (message: string, offset: number) => {
    if (file === '') return `The rendered output is not readable. ${message}`
    const { line, column } = yaml.positions.at(offset)
    return `${file}:${line}:${column} ${message}`
  }
  const problems = yaml.problems.map(({ message, offset }) => told(message, offset))
  for (const { value, empty, offset, problems: faults } of yaml.documents) {
    if (empty) continue
    if (value === undefined) {
      problems.push(...faults.map((fault) => told(fault.message, fault.offset)))
      continue
    }
    const manifest = recognise(value, file)
    if (manifest.is === 'faulty') problems.push(told(manifest.message, offset))
    if (manifest.is !== 'resources') continue
    for (const item of manifest.items) {
      if (item.fault === undefined) resources.push({ ...nameOfResource(item.value), value: item.value })
      else problems.push(told(item.fault, offset))
    }
  }
  return { resources, problems }
}

/** What tells a resource apart in one source. Another version of its API makes it no other resource. */
export function identityOf({ apiVersion, kind, namespace = '', name }: ResourceName): string {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))
  return JSON.stringify([kind, group, namespace, name])
}
