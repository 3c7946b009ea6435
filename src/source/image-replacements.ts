import { isRecord } from '../kubernetes/resource.ts'
import type { YamlFiles } from './files.ts'
import { isKustomizationFile } from './kustomization.ts'
import { fieldOf, listOf } from './kustomization-entries.ts'

/**
 * Answers whether any kustomization of the tree puts another name in place of an image's. A base that says so little of
 * its image is judged where it is used. The kustomizations are read when somebody first asks.
 */
export function imageReplacements(files: YamlFiles): (name: string) => boolean {
  let replaced: Set<unknown> | undefined
  return (name) => {
    replaced ??= new Set(files.tree.paths.filter(isKustomizationFile).flatMap((path) => replacedIn(files, path)))
    return replaced.has(name)
  }
}

function replacedIn(files: YamlFiles, path: string): unknown[] {
  const documents = files.read(path)?.documents ?? []
  return documents.flatMap(({ value }) =>
    listOf(isRecord(value) ? value.images : undefined)
      .filter((image) => fieldOf(image, 'newName') !== undefined)
      .map((image) => fieldOf(image, 'name')),
  )
}
