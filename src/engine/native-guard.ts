/**
 * kustomize starts helm and git itself, with values of kustomization files (also of fetched ones, which nobody could
 * scan) among their arguments. Between them stands a script of ours, found under their names: it passes on only the
 * subcommands and flags that kustomize writes itself, so that no value can be taken for an option
 * (`--post-renderer`, `--upload-pack`). Its text is fixed but for the quoted path of the tool; the arguments are
 * never parsed by the shell.
 */
export function guardScript(tool: string, allowed: { subcommands: readonly string[]; flags: readonly string[] }) {
  const pass = (words: readonly string[]) => (words.length === 0 ? '' : `${words.map(quote).join('|')}) ;;`)
  return `#!/bin/sh
refuse() { echo "gitops does not let kustomize run this: $1" >&2; exit 77; }
case "$1" in
  ${pass(allowed.subcommands)}
  *) refuse "$1" ;;
esac
for argument do
  case "$argument" in
    ${pass(allowed.flags)}
    -*) refuse "$argument" ;;
  esac
done
exec ${quote(tool)} "$@"
`
}

/** What kustomize passes to helm (`api/types/helmchartargs.go`, `HelmChartInflationGenerator.go`). */
export function helmAllowance(allowRemote: boolean) {
  const template = [
    '--generate-name',
    '--namespace',
    '--name-template',
    '-f',
    '--values',
    '--api-versions',
    '--kube-version',
  ]
  const output = ['--include-crds', '--skip-tests', '--no-hooks', '--debug', '--devel', '--short', '-c']
  const pull = ['--untar', '--untardir', '--repo', '--version']
  return allowRemote
    ? { subcommands: ['template', 'version', 'pull'], flags: [...template, ...output, ...pull] }
    : { subcommands: ['template', 'version'], flags: [...template, ...output] }
}

/** What kustomize passes to git (`api/internal/git/cloner.go`); nothing at all where nothing may be fetched. */
export function gitAllowance(allowRemote: boolean) {
  if (!allowRemote) return { subcommands: [], flags: [] }
  return {
    subcommands: ['init', 'remote', 'fetch', 'checkout', 'submodule'],
    flags: ['--depth=1', '--init', '--recursive'],
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
