import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readValidateInputs } from '../inputs/validate.ts'
import { Refusal } from '../report/failure.ts'
import { formatText } from '../report/text.ts'
import { openGit } from '../repository/git.ts'
import { validate } from '../validate/validate.ts'
import { REPOSITORY } from '../version.ts'
import { type Command, commonFlags } from './command.ts'
import { validatePorts } from './validate.ts'
import type { World } from './world.ts'

/** Shows the main job on a small repository that it makes and removes again. Opens no socket. */
export const demoCommand: Command = {
  name: 'demo',
  operands: '',
  summary: 'Show what a pull request check says, on a small repository made for it',
  flags: commonFlags(['text']),
  async run(_request, world) {
    const folder = mkdtempSync(join(tmpdir(), 'gitops-demo-'))
    try {
      return await showPullRequest(folder, world)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function showPullRequest(folder: string, world: World): Promise<number> {
  const examples = findExamples(import.meta.dirname)
  const git = openGit(folder, world.run, world.environment)
  const say = (text: string) => world.sink.report(`${text}\n`)
  cpSync(join(examples, 'shop'), folder, { recursive: true })
  await git(['init', '--quiet', '--initial-branch', 'main'])
  await commit(git, 'Two environments of a shop')
  say('A repository: base/web with overlays for staging and prod, a Helm chart, and a plain manifest.\n')
  say('$ gitops validate')
  const before = await check(folder, [], world)
  world.sink.report(formatText(before.report, { colour: world.sink.options.colour, sourceLine: before.sourceLine }))

  cpSync(join(examples, 'shop-pull-request'), folder, { recursive: true })
  say('\nA pull request changes four lines.\n')
  say('$ gitops validate --base main')
  const after = await check(folder, ['main'], world)
  world.sink.report(formatText(after.report, { colour: world.sink.options.colour, sourceLine: after.sourceLine }))
  say('\nNothing was installed and nothing fetched: kustomize and Helm are inside. In a workflow:\n')
  say(`  - uses: actions/checkout@v5\n    with: { fetch-depth: 2 }\n  - uses: ${REPOSITORY}/actions/validate@v1`)
  return before.report.outcome === 'valid' && after.report.outcome === 'invalid' ? 0 : 3
}

function check(folder: string, base: string[], world: World) {
  const inputs = readValidateInputs(new Map([['base', base]]), [])
  return validate(inputs, { ...validatePorts(world), workingDirectory: folder })
}

async function commit(git: ReturnType<typeof openGit>, message: string): Promise<void> {
  const who = ['-c', 'user.name=gitops', '-c', 'user.email=gitops@localhost', '-c', 'commit.gpgSign=false']
  await git(['add', '--all'])
  await git([...who, 'commit', '--quiet', '--message', message])
}

/** The examples lie beside `dist/` in a checkout, and further up from the sources. */
function findExamples(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'examples', 'shop'))) return join(at, 'examples')
    if (dirname(at) === at)
      throw new Refusal('The examples are missing; run the demo from a complete checkout of gitops-actions.')
  }
}
