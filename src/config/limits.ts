import type * as z from 'zod'
import { DEFAULT_YAML_LIMITS, type YamlLimits } from '../yaml/limits.ts'
import { count, duration, mapping, size } from './leaf.ts'

/** What one rendered source may take. */
export interface RenderLimits {
  /** Milliseconds. */
  deadline: number
  /** Bytes. */
  memory: number
}

export const DEFAULT_RENDER_LIMITS: RenderLimits = { deadline: 60_000, memory: 1024 ** 3 }

/** For `.gitops.yaml` itself, which cannot raise its own limits. */
export const CONFIG_LIMITS: YamlLimits = {
  file: 1024 ** 2,
  resource: 1024 ** 2,
  documents: 100,
  depth: 50,
  nodes: 100_000,
}

/** The most that each may be raised to: what a string of this platform, a call stack or a WebAssembly memory holds. */
export const limits = mapping({
  file: size('256MiB').optional().describe('Bytes of one file (64MiB).'),
  resource: size('256MiB').optional().describe('Characters of one document (3MiB).'),
  documents: count(1, 10_000_000).optional().describe('Documents of one file (100000).'),
  depth: count(1, 1000).optional().describe('Nested collections (100).'),
  nodes: count(1, 100_000_000).optional().describe('Values of one document, its aliases expanded (4000000).'),
  'render-timeout': duration(1000, 3_600_000).optional().describe('Time to render one source (60s).'),
  'render-memory': size('4GiB').optional().describe('Memory to render one source (1GiB).'),
})

export interface Limits {
  yaml: YamlLimits
  render: RenderLimits
}

export function limitsOf(given: z.output<typeof limits>): Limits {
  return {
    yaml: {
      file: given.file ?? DEFAULT_YAML_LIMITS.file,
      resource: given.resource ?? DEFAULT_YAML_LIMITS.resource,
      documents: given.documents ?? DEFAULT_YAML_LIMITS.documents,
      depth: given.depth ?? DEFAULT_YAML_LIMITS.depth,
      nodes: given.nodes ?? DEFAULT_YAML_LIMITS.nodes,
    },
    render: {
      deadline: given['render-timeout'] ?? DEFAULT_RENDER_LIMITS.deadline,
      memory: given['render-memory'] ?? DEFAULT_RENDER_LIMITS.memory,
    },
  }
}
