/**
 * Whether kustomize would fetch an entry instead of reading a file (`api/internal/git/repospec.go`): a URL, an scp-like
 * address, a known host, or anything with a query. The caller has made sure that no file or folder has this name.
 */
export function isRemote(entry: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/|:)/.test(entry) ||
    /^(?:git::|git@|[\w.-]+@[\w.-]+:)/.test(entry) ||
    /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[/:]/.test(entry) ||
    /^[\w-]+(?:\.[\w-]+)+[:/].*(?:\.git|\/\/)/.test(entry) ||
    /\?(?:ref|version|timeout|submodules)=/.test(entry)
  )
}
