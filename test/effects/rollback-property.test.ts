import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Files, merged } from '../unit/promote-world.ts'
import { Repository } from './rollback-repository.ts'

/** All that a state of the application says; each is a version but for the noise. */
interface State {
  web: string
  digest: string
  log: string
  chart: string
  noise: number
}

const VERSIONS = ['web', 'digest', 'log', 'chart'] as const

const states = fc.array(
  fc.record({
    web: fc.constantFrom('v1', 'v2', '1.10', 'main-1a2b3c4'),
    digest: fc.constantFrom('a', 'b').map((digit) => `sha256:${digit.repeat(64)}`),
    log: fc.constantFrom('v1', 'v7'),
    chart: fc.constantFrom('1.0.0', '1.0.1'),
    noise: fc.nat(3),
  }),
  { minLength: 2, maxLength: 6 },
)

function filesOf(environment: string, { web, digest, log, chart, noise }: State): Files {
  const image = (name: string, tag: string) => `  ${name}:   {repository: ${name}, tag: '${tag}'`
  return {
    [`envs/${environment}/web/values.yaml`]: `# ${noise}\r\nimages:\r\n${image('web', web)}, digest: "${digest}"}\r\n${image('log', log)}} # ${noise}`,
    [`envs/${environment}/web/Chart.yaml`]: `apiVersion: v2\nname: web\nversion: 0.${noise}.0\ndependencies:\n- {name: base, version: ${chart}, repository: "https://charts.example.org"}   # pinned\n`,
  }
}

/** What the last commit that changed a version should go back to. */
function rolledBack(history: readonly State[]): State | undefined {
  const now = history.at(-1) as State
  for (let at = history.length - 1; at > 0; at--) {
    const [before, after] = [history[at - 1] as State, history[at] as State]
    const changed = VERSIONS.filter((name) => before[name] !== after[name])
    if (changed.length > 0) return { ...now, ...Object.fromEntries(changed.map((name) => [name, before[name]])) }
  }
  return undefined
}

test('the last change of versions goes back byte for byte, and nothing of it is proposed again', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(states, async (history) => {
      const repository = new Repository()
      try {
        for (const state of history) repository.commit({ ...filesOf('staging', state), ...filesOf('prod', state) })
        const plan = await repository.rollback()
        const wanted = rolledBack(history)
        if (!wanted) {
          expect(plan.promotions).toMatchObject([{ status: 'blocked' }])
          return
        }
        const now = filesOf('prod', history.at(-1) as State)
        expect({ ...now, ...merged(plan) }).toEqual(filesOf('prod', wanted))
        repository.take(plan)
        const { promotions } = await repository.promotion({}, `${CONFIG}promote: [images, charts]\n`)
        expect(promotions.filter(({ status }) => status !== 'none')).toEqual([])
      } finally {
        repository.remove()
      }
    }),
    { numRuns: 8 },
  )
})

const CONFIG = 'layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging } }\n'
