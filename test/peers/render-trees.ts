// Compares the embedded renderers with the native ones on all kustomizations and charts of given folders, by hand:
// node test/peers/render-trees.ts FOLDER…
import { resolve } from 'node:path'
import { charts, helmRequest, kustomizations } from '../effects/engine-samples.ts'
import { bothRenderers, type Pair } from './render-compare.ts'

type Verdict = 'same' | 'both fail' | 'random' | 'DIFFERENT'

const write = (line: string) => process.stdout.write(`${line}\n`)

for (const folder of process.argv.slice(2)) {
  const counts: Record<Verdict, number> = { same: 0, 'both fail': 0, random: 0, DIFFERENT: 0 }
  const renderers = bothRenderers(resolve(folder))
  for (const path of kustomizations(renderers.files)) {
    await judge(`kustomize build ${path}`, () => renderers.kustomize({ path, loadRestrictor: 'root-only' }))
  }
  for (const chart of charts(renderers.files)) {
    const ci = [...renderers.files.keys()].filter(
      (file) => file.startsWith(`${chart}/ci/`) && /values.*\.ya?ml$/.test(file),
    )
    for (const valuesFiles of [[], ...ci.map((file) => [file])]) {
      const request = helmRequest(chart, { valuesFiles, includeCrds: true })
      await judge(`helm template ${[chart, ...valuesFiles].join(' ')}`, () => renderers.helm(request))
    }
  }
  await renderers.close()
  write(`${folder}: ${JSON.stringify(counts)}`)

  async function judge(title: string, render: () => Promise<Pair>): Promise<void> {
    const verdict = await verdictOn(render)
    counts[verdict]++
    if (verdict !== 'DIFFERENT') return
    process.exitCode = 1
    const { embedded, native } = await render()
    write(`DIFFERENT ${title}\n  embedded: ${excerpt(embedded, native)}\n  native:   ${excerpt(native, embedded)}`)
  }
}

async function verdictOn(render: () => Promise<Pair>): Promise<Verdict> {
  const { embedded, native } = await render()
  if (!embedded.ok && !native.ok) return 'both fail'
  if (!embedded.ok || !native.ok) return 'DIFFERENT'
  if (embedded.text === native.text) return 'same'
  const again = (await render()).native
  return again.ok && sameButRandom(embedded.text, native.text, again.text) ? 'random' : 'DIFFERENT'
}

/** Equal in all lines that two runs of the native tool have in common. */
function sameButRandom(embedded: string, native: string, again: string): boolean {
  const lines = [embedded, native, again].map((text) => text.split('\n'))
  const [ours = [], first = [], second = []] = lines
  if (ours.length !== first.length || first.length !== second.length) return false
  return first.every((line, index) => line === ours[index] || line !== second[index])
}

function excerpt(of: Pair['native'], against: Pair['native']): string {
  if (!of.ok) return of.message.slice(0, 300)
  const other = against.ok ? against.text.split('\n') : []
  return (
    of.text
      .split('\n')
      .find((line, index) => line !== other[index])
      ?.slice(0, 300) ?? ''
  )
}
