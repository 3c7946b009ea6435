import { fillLayout } from '../config/layout.ts'
import { isWithin } from '../repository/path.ts'
import { withoutName } from './axis.ts'
import type { Edge } from './edge.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Why nothing is written for an application whose files, or a folder above them, are a link: it would be written
 * somewhere else, perhaps into another environment.
 */
export function linkInTheWay({ to, target, sources }: Edge, { layout, links }: Snapshot): string | undefined {
  if (links.length === 0) return undefined
  const [source] = sources.flatMap(({ deployed }) => deployed ?? [])
  const template = layout.environments.get(to)?.path ?? layout.layout
  const filled = template && source && fillLayout(template, new Map([...source.levels, ['env', to]]))
  const roots = target?.roots ?? (filled === undefined ? [] : [filled])
  const wanted = new Set(source?.relative.values())
  const there = new Set(target?.relative.values())
  const found = links.find((link) =>
    roots.some((root) => {
      if (isWithin(root, link)) return true
      if (!isWithin(link, root)) return false
      const relative = withoutName(link.slice(root.length + 1), to)
      return wanted.has(relative) && !there.has(relative)
    }),
  )
  return found && `${found} is a symbolic link, which is never followed; put the file itself there.`
}
