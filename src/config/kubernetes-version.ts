import { read } from './leaf.ts'
import { right, wrong } from './parsed.ts'

const VERSION = /^v?(\d{1,3}\.\d{1,3})(?:\.\d{1,3})?$/

/** Reads `1.34`, `v1.34` or `1.34.2` into the minor `1.34`; `undefined` where it is none of these. */
export function parseKubernetesMinor(text: string): string | undefined {
  return VERSION.exec(text)?.[1]
}

export const kubernetesVersion = () =>
  read(
    'a Kubernetes version such as "1.34"',
    (text) => {
      const minor = parseKubernetesMinor(text)
      return minor === undefined ? wrong('must be a Kubernetes version such as "1.34"') : right(minor)
    },
    VERSION,
  )
