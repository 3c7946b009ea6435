import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the files; with `check` it writes nothing and the process exits with 1 where one differs. */
export function publish(folder, files, { check }) {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    const current = existsSync(file) && readFileSync(file, 'utf8') === text
    if (check && !current) process.exitCode = 1
    if (!check && !current) writeFileSync(file, text)
    const state = current ? 'is current' : check ? 'differs: run generators/github/generate.mjs' : 'was written'
    process.stdout.write(`test/github/${name} ${state} (${Math.round(text.length / 1024)} kB)\n`)
  }
}

/** JSON with one line for each operation and schema, so that a change shows as the lines it concerns. */
export function lines(record) {
  const sections = Object.entries(record).map(([section, entries]) => {
    const each = Object.entries(entries).map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`)
    return `${JSON.stringify(section)}:{\n${each.join(',\n')}\n}`
  })
  return `{${sections.join(',\n')}}\n`
}
