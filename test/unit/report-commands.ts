export interface RunnerCommand {
  name: string
  properties: Record<string, string>
  data: string
}

/**
 * The commands that a runner finds in what a step prints, as `ActionCommand.cs` of actions/runner reads them: lines end
 * at CRLF, CR or LF; `::name k=v::data` after leading blanks; `##[name k=v;]data` anywhere. Stricter than the runner: any
 * name counts, both forms count in one line, and characters that a culture-aware comparison skips are gone.
 */
export function commandsIn(output: string): RunnerCommand[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const read = line.replace(/\p{Cf}/gu, '')
    return [second(read), first(read)].filter((command) => command !== undefined)
  })
}

function second(line: string): RunnerCommand | undefined {
  const trimmed = line.replace(/^[\s\u0085]+/, '')
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  if (end < 0) return undefined
  const head = trimmed.slice(2, end)
  const blank = head.indexOf(' ')
  const name = blank < 0 ? head : head.slice(0, blank)
  const properties =
    blank < 0
      ? []
      : head
          .slice(blank + 1)
          .trim()
          .split(',')
  return {
    name,
    properties: Object.fromEntries(properties.map((each) => each.split(/=(.*)/s).slice(0, 2).map(decode))),
    data: decode(trimmed.slice(end + 2)),
  }
}

function first(line: string): RunnerCommand | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  return end < 0 ? undefined : { name: line.slice(start + 3, end), properties: {}, data: line.slice(end + 1) }
}

function decode(text: string): string {
  const characters: Record<string, string> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' }
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (escaped) => characters[escaped] as string)
}
