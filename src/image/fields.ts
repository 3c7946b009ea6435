import type { YamlLimits } from '../yaml/limits.ts'
import type { YamlText } from '../yaml/read.ts'
import type { Promotable, VersionField } from './field.ts'
import { inArgoCd } from './fields/argo-cd.ts'
import { inChart } from './fields/chart.ts'
import { collect, type FoundFields } from './fields/collect.ts'
import { inConfigMap, inCustomResource } from './fields/custom-resource.ts'
import { inFluxSource, inHelmRelease } from './fields/flux.ts'
import type { Finder } from './fields/found.ts'
import { inJsonPatch } from './fields/json-patch.ts'
import { inInflatedChart, inKustomization } from './fields/kustomization.ts'
import { inMarked } from './fields/marker.ts'
import { pairRefs } from './fields/pair.ts'
import { inPodSpec } from './fields/pod-spec.ts'
import { inValuesFile } from './fields/values.ts'
import { unreadable } from './skipped.ts'

/** Every place where a version may live. The first finder to recognise a scalar has it. */
const FINDERS: readonly Finder[] = [
  inKustomization,
  inInflatedChart,
  inChart,
  inHelmRelease,
  inFluxSource,
  inArgoCd,
  inJsonPatch,
  inPodSpec,
  inCustomResource,
  inConfigMap,
  inValuesFile,
  inMarked,
]

/**
 * Finds every scalar of a file that holds a tag, digest, chart version or Git ref, without markers or paths from the
 * user. What is not to be promoted is left out, but for a `?ref=` that moves with a tag.
 */
export function findVersionFields(
  file: { path: string; yaml: YamlText },
  options: { promote: readonly Promotable[]; limits: YamlLimits },
): FoundFields {
  const unread = unreadable(file)
  if (unread) return { fields: [], skipped: unread.listed ? [unread.skipped] : [] }
  const found = collect(file, FINDERS, options.limits)
  const { fields, movedRefs } = pairRefs(found.fields)
  const wanted = (field: VersionField) =>
    options.promote.includes(field.of) || (options.promote.includes('images') && movedRefs.has(field))
  return { fields: fields.filter(wanted).sort((a, b) => a.span.start - b.span.start), skipped: found.skipped }
}
