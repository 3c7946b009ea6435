import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Config } from '../config/schema.ts'
import { apiLifecycle } from '../kubernetes/api-lifecycle.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { type CustomCatalog, openCustomCatalog } from '../kubernetes/catalog-custom.ts'
import { resolveMinor } from '../kubernetes/catalog-minor.ts'
import { type CrdReading, crdKinds } from '../kubernetes/crd.ts'
import type { HttpGet } from '../kubernetes/http.ts'
import { type Locations, openLocations } from '../kubernetes/locations.ts'
import type { Schema } from '../kubernetes/schema.ts'
import type { KnownApis } from '../kubernetes/schemas.ts'
import { UsageError } from '../report/failure.ts'
import type { ValidateInputs } from './inputs.ts'
import type { LocatedKind } from './run.ts'

/** All that a run judges by. */
export interface Judges {
  apis: KnownApis
  define(crd: unknown): CrdReading
  locate?: (minor: string, apiVersion: string, kind: string) => Promise<LocatedKind>
  /** The minor that judges an environment: the flag's, else the environment's, else the configuration's, else the newest. */
  minor(ofEnvironment: string | undefined): string
  notices: string[]
  /** Schema locations that failed, a sentence each. */
  failures(): string[]
}

export function openJudges(
  inputs: ValidateInputs,
  config: Config,
  ports: { get: HttpGet; workingDirectory: string },
): Judges {
  const catalog = openCatalog()
  const notices = new Set<string>()
  let custom: CustomCatalog | undefined
  const apis: KnownApis = {
    catalog,
    custom: () => {
      custom ??= openCustomCatalog()
      return custom
    },
    lifecycle: apiLifecycle,
  }

  function minor(ofEnvironment: string | undefined): string {
    const resolved = resolveMinor(
      inputs.kubernetesVersion ?? ofEnvironment ?? config.validate.kubernetes,
      catalog.minors,
    )
    if ('error' in resolved) throw new UsageError(resolved.error)
    if (resolved.notice) notices.add(resolved.notice)
    return resolved.minor
  }

  const newest = minor(undefined)
  for (const environment of config.environments?.values() ?? []) minor(environment?.kubernetes)
  const objectMeta = catalog.find(newest, 'v1', 'ConfigMap')?.schema.properties?.get('metadata') as Schema
  const templates = [...inputs.schemaLocations, ...config.validate.schemas]
  const opened = new Map<string, Locations>()
  const locationsAt = (version: string) => {
    const known =
      opened.get(version) ?? openLocations(templates, locationPorts(version), { kubernetes: version, strict: true })
    opened.set(version, known)
    return known
  }
  const locationPorts = (version: string) => ({
    get: ports.get,
    readFile: (path: string) => readIfThere(resolve(ports.workingDirectory, path)),
    bundled: (apiVersion: string, kind: string) =>
      (catalog.find(version, apiVersion, kind) ?? apis.custom().find(apiVersion, kind)) !== undefined,
  })
  if (templates.length > 0) locationsAt(newest)

  return {
    apis,
    minor,
    notices: [...notices],
    define: (crd) => crdKinds(crd, objectMeta),
    ...(templates.length > 0 && {
      locate: async (version, apiVersion, kind) => {
        const located = await locationsAt(version).find(apiVersion, kind)
        if (located.is === 'bundled' || located.is === 'missing') return { is: 'missing' }
        return located.is === 'failed' ? located : { is: 'judged', judge: located.judge }
      },
    }),
    failures: () =>
      [...opened.values()].flatMap((locations) =>
        locations.failures().map(({ place, message }) => `The schema location ${place} failed: ${message}`),
      ),
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
    throw error
  }
}
