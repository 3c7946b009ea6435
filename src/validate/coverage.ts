import type { CoverageRow } from '../report/report.ts'
import { comparePaths } from '../repository/tree.ts'

/** What became of one resource. */
export type Standing = 'valid' | 'invalid' | 'skipped' | 'unvalidated'

export interface Counted {
  apiVersion: string
  kind: string
  minor: string
  standing: Standing
  /** Why it was not validated. */
  reason?: string
}

/** Counts every resource once, so that the rows add up to all there are. */
export class Coverage {
  readonly totals: Record<Standing, number> = { valid: 0, invalid: 0, skipped: 0, unvalidated: 0 }
  readonly minors = new Set<string>()
  readonly #rows = new Map<string, CoverageRow>()

  count({ apiVersion, kind, minor, standing, reason }: Counted): void {
    this.totals[standing]++
    this.minors.add(minor)
    const validated = standing === 'valid' || standing === 'invalid'
    const key = `${apiVersion}\n${kind}\n${validated}\n${minor}\n${reason ?? ''}`
    const row = this.#rows.get(key)
    if (row) row.count++
    else this.#rows.set(key, { apiVersion, kind, count: 1, validated, ...(reason && { reason }), kubernetes: minor })
  }

  get resources(): number {
    return Object.values(this.totals).reduce((sum, count) => sum + count, 0)
  }

  /** Sorted; the minor is told only where sources differ. */
  rows(): CoverageRow[] {
    const rows = [...this.#rows.values()].sort(
      (a, b) =>
        comparePaths(a.apiVersion, b.apiVersion) ||
        comparePaths(a.kind, b.kind) ||
        Number(b.validated) - Number(a.validated) ||
        comparePaths(a.reason ?? '', b.reason ?? '') ||
        comparePaths(a.kubernetes ?? '', b.kubernetes ?? ''),
    )
    if (this.minors.size > 1) return rows
    return rows.map(({ kubernetes: _, ...row }) => row)
  }
}
