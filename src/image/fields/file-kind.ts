import { basename } from 'node:path/posix'
import type { Subject } from './found.ts'

/** By its file's name or, in a file of another name, by its kind. */
export function isKustomization({ file, owner }: Pick<Subject, 'file' | 'owner'>): boolean {
  if (owner) return owner.apiVersion.startsWith('kustomize.config.k8s.io/')
  return ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].includes(basename(file))
}

export function isChart(file: string): boolean {
  return ['Chart.yaml', 'requirements.yaml'].includes(basename(file))
}
