import { type Governed, governorOf } from './operator.ts'

/** Whether a kustomization may read files outside its folder: `root-only` is no, as kustomize itself has it. */
export type LoadRestrictor = 'root-only' | 'none'

/** What holds for a folder: Flux restricts nothing, whatever is `configured` (`validate.load-restrictor`) elsewhere. */
export function loadRestrictorOf(
  folder: string,
  governed: readonly Governed[],
  configured: LoadRestrictor,
): LoadRestrictor {
  return governorOf(governed, folder)?.operator === 'flux' ? 'none' : configured
}
