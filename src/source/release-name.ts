/** Helm names a release so where nothing does. */
export const UNNAMED_RELEASE = 'release-name'

/** Helm's `chartutil.ValidateReleaseName`: a DNS subdomain of at most 53 characters. */
const LONGEST = 53

/** The name of a release after its chart, whose own name may hold more: capitals and underscores. */
export function releaseName(chart: string): string {
  const labels = chart
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, LONGEST)
    .split('.')
  const named = labels.map((label) => label.replace(/^-+|-+$/g, '')).filter((label) => label !== '')
  return named.length > 0 ? named.join('.') : UNNAMED_RELEASE
}
