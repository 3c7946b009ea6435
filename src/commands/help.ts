import type { Command } from './command.ts'

export function helpOverview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return [
    'GitOps for a Git repository: check manifests before they are merged, move versions between environments.',
    '',
    'Usage: gitops COMMAND [OPTIONS] [PATH…]',
    '',
    ...lines,
    '',
    'gitops COMMAND --help tells the options of a command; gitops --version the version.',
    'Exit codes: 0 fine · 1 the answer is no · 2 usage or configuration · 3 something needed failed.',
    '',
  ].join('\n')
}

export function helpFor(command: Command): string {
  const named = command.flags.map((flag) => ({
    left: `--${flag.name}${flag.value ? ` ${flag.value}${flag.list ? '…' : ''}` : ''}`,
    right: flag.help,
  }))
  const width = Math.max(...named.map(({ left }) => left.length))
  return [
    `Usage: gitops ${command.name} ${command.operands}`.trimEnd(),
    '',
    `${command.summary}.`,
    '',
    ...named.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n')
}
