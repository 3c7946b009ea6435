import { startEngines } from '../engine/pool.ts'
import { list, text } from '../inputs/flag.ts'
import { Refusal } from '../report/failure.ts'
import { lineOfCommand } from '../report/neutralise.ts'
import { renderSources } from '../source/render-sources.ts'
import { type Command, commonFlags } from './command.ts'
import { deliver } from './deliver.ts'

export const renderCommand: Command = {
  name: 'render',
  operands: '[PATH…] [OPTIONS]',
  summary: 'Print the manifests that kustomizations and charts render to',
  flags: [
    { name: 'kubernetes-version', value: 'X.Y', help: 'what charts are told of the cluster' },
    { name: 'values', value: 'FILE', list: true, help: 'values files for charts, later ones win' },
    ...commonFlags(['text']),
  ],
  async run({ given, operands }, world) {
    const rendered = await renderSources(
      {
        paths: operands.length > 0 ? operands : ['.'],
        config: text(given, 'config'),
        kubernetesVersion: text(given, 'kubernetes-version'),
        valuesFiles: list(given, 'values'),
      },
      { ...world, startEngines },
    )
    const output = text(given, 'output')
    if (output === undefined && world.sink.options.inActions) refuseCommands(rendered.text)
    deliver(rendered.text, output, world)
    for (const failure of rendered.failures) world.sink.fail(new Refusal(failure))
    return rendered.failures.length > 0 ? 3 : 0
  },
}

/** The manifests are printed byte for byte, so that they can be piped; a runner that reads them would obey them, too. */
function refuseCommands(manifests: string): void {
  const line = lineOfCommand(manifests)
  if (line === undefined) return
  throw new Refusal(
    `Line ${line} of what was rendered would be a command to the runner, so nothing is printed; write it with --output FILE.`,
  )
}
