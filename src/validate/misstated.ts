import type { YamlFiles } from '../source/files.ts'
import type { Scan } from '../source/graph.ts'
import { openAccount } from './account.ts'
import type { Ledger, NewFinding } from './ledger.ts'
import { readPlain } from './plain.ts'
import { naming } from './rules/naming.ts'

/**
 * What keeps kustomize from taking a manifest that a kustomization lists: it does not say what it is, or how it is
 * called. kustomize would quote the whole object instead, and name the kustomization.
 */
export function misstatedManifests({ kustomizations }: Scan, files: YamlFiles): NewFinding[] {
  const listed = kustomizations.flatMap(({ links }) =>
    links.flatMap(({ role, target }) => (role === 'resource' && target.kind === 'file' ? target.path : [])),
  )
  return [...new Set(listed)].flatMap((path) => misstatedIn(path, files))
}

function misstatedIn(path: string, files: YamlFiles): NewFinding[] {
  const found: NewFinding[] = []
  const add: Ledger['add'] = (finding) => {
    if (finding.rule === 'manifest/kind') found.push(finding)
    return 'error'
  }
  for (const { resource } of readPlain(files, path, { findings: [], silenced: 0, add }, openAccount())) {
    const { apiVersion, kind, namespace, name, place } = resource
    for (const { path, at, ...problem } of naming(resource)) {
      const { note: _, ...where } = place(path, at)
      found.push({ ...problem, ...where, path, resource: { apiVersion, kind, ...(namespace && { namespace }), name } })
    }
  }
  return found
}
