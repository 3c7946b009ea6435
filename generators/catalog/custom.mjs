import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { createReader, nameKind } from './declarations.mjs'

/** Lists, and Go types that embed an object without being one. */
const NO_KINDS = /List$|^EmbeddedPersistentVolumeClaim$|^WithTriggers$/

/**
 * Reads the custom kinds of `@kubernetes-models/*` from their declarations:
 *
 *     kinds   { "argoproj.io/v1alpha1": { "Application": [model, 1 when cluster-scoped] } }
 *     models  [{ property: type }, …] or, for an enumeration, [[value, …], …]; types name a model by its position
 *
 * @param {string[]} folders the installed packages
 * @param {Record<string, string[]>} clusterScoped group → kinds; declarations do not say it
 */
export function readCustomKinds(folders, clusterScoped) {
  const files = folders.flatMap(declarationFiles)
  const program = ts.createProgram(files, { module: ts.ModuleKind.NodeNext, noLib: true, types: [] })
  const reader = createReader(program.getTypeChecker())
  const kinds = {}
  for (const file of files) {
    for (const statement of program.getSourceFile(file).statements) {
      const named = ts.isInterfaceDeclaration(statement) && nameKind(statement.members)
      if (!named || NO_KINDS.test(named.kind)) continue
      const cluster = clusterScoped[named.apiVersion.split('/')[0]]?.includes(named.kind)
      kinds[named.apiVersion] ??= {}
      kinds[named.apiVersion][named.kind] = [reader.read(statement), ...(cluster ? [1] : [])]
    }
  }
  return { kinds, models: reader.models }
}

function declarationFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.d.ts') && !/(^|\/)(_schemas|node_modules)\/|(^|\/)index\.d\.ts$/.test(name))
    .sort()
    .map((name) => join(folder, name))
}
