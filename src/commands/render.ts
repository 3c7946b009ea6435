import { startEngines } from '../engine/pool.ts'
import { list, text } from '../inputs/flag.ts'
import { Refusal } from '../report/failure.ts'
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
        kubernetesVersion: text(given, 'kubernetes-version'),
        valuesFiles: list(given, 'values'),
      },
      { ...world, startEngines },
    )
    deliver(rendered.text, text(given, 'output'), world)
    for (const failure of rendered.failures) world.sink.fail(new Refusal(failure))
    return rendered.failures.length > 0 ? 3 : 0
  },
}
