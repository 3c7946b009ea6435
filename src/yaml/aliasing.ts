/**
 * go-yaml v2's own guard (`decode.go`, allowedAliasRatio): of more than 1,000 nodes, more than 100 from aliases, a
 * share of 0.99 may come from aliases up to 400,000 nodes, falling to 0.10 at 4,000,000.
 */
export function excessiveAliasing(nodes: number, aliased: number, limit: number): string | undefined {
  if (aliased <= 100 || nodes <= 1000) return undefined
  if (nodes > limit) return `Aliases expand this document to ${nodes} nodes; the limit (limits.nodes) is ${limit}.`
  const share = nodes <= 400_000 ? 0.99 : 0.99 - 0.89 * ((nodes - 400_000) / 3_600_000)
  if (aliased / nodes <= share) return undefined
  return `Aliases expand this document to ${nodes} nodes, more than the cluster's YAML reader accepts.`
}
