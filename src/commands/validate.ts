import { startEngines } from '../engine/pool.ts'
import { text } from '../inputs/flag.ts'
import { readValidateInputs, VALIDATE_FLAGS, VALIDATE_FORMATS } from '../inputs/validate.ts'
import { formatReport, type ReportFormat } from '../report/formats.ts'
import { exitCodeOf } from '../validate/report.ts'
import { type ValidatePorts, validate } from '../validate/validate.ts'
import { type Command, commonFlags } from './command.ts'
import { deliver } from './deliver.ts'
import type { World } from './world.ts'

export const validateCommand: Command = {
  name: 'validate',
  operands: '[PATH…|-] [OPTIONS]',
  summary: 'Check manifests, kustomizations and charts as the cluster would',
  flags: [...VALIDATE_FLAGS, ...commonFlags(VALIDATE_FORMATS)],
  async run({ given, operands }, world) {
    const inputs = readValidateInputs(given, operands)
    const format = (text(given, 'format') ?? 'text') as ReportFormat
    const validated = await validate(inputs, validatePorts(world))
    const { options } = world.sink
    const formatted = formatReport(validated.report, format, {
      colour: options.colour && text(given, 'output') === undefined,
      inActions: options.inActions,
      sourceLine: validated.sourceLine,
    })
    for (const note of validated.notes) world.sink.note(note)
    deliver(formatted, text(given, 'output'), world)
    return exitCodeOf(validated.report, inputs.failOn)
  },
}

/** What validating needs of the world. */
export function validatePorts(world: World): ValidatePorts {
  return { ...world, startEngines, log: world.sink }
}
