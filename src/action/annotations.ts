import type { Finding } from '../report/finding.ts'
import { type Annotations, limitAnnotations } from '../report/github.ts'
import type { LineRange } from '../repository/changes.ts'

/**
 * Chooses what becomes an annotation: the runner keeps ten of each level, so those on lines that the pull request
 * changes come first, then what it brought elsewhere, then the rest.
 */
export function chooseAnnotations(
  findings: readonly Finding[],
  changed: ReadonlyMap<string, readonly LineRange[]>,
): Annotations {
  const rank = (finding: Finding) => {
    if (isOnChangedLine(finding, changed)) return 0
    return finding.introduced === false ? 2 : 1
  }
  return limitAnnotations(findings, rank)
}

function isOnChangedLine({ file, line }: Finding, changed: ReadonlyMap<string, readonly LineRange[]>): boolean {
  return changed.get(file)?.some(([from, to]) => from <= line && line <= to) ?? false
}

export { formatAnnotation } from '../report/github.ts'
