import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs what the lockfile pins, unless exactly that is there. Returns the folder of the packages. */
export function install(folder) {
  const packages = join(folder, 'node_modules')
  if (!isCurrent(join(folder, 'package-lock.json'), join(packages, '.package-lock.json'))) {
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  }
  return packages
}

/** npm leaves beside the packages a copy of the lockfile it installed from, without the root entry. */
function isCurrent(wanted, installed) {
  if (!existsSync(installed)) return false
  const { packages: there } = JSON.parse(readFileSync(installed, 'utf8'))
  const { packages } = JSON.parse(readFileSync(wanted, 'utf8'))
  return Object.entries(packages).every(([name, { version, optional }]) => {
    return name === '' || optional || there[name]?.version === version
  })
}
