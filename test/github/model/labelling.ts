import type { Account } from './people.ts'
import type { Label, Pull } from './pull.ts'
import { addLabel, findLabel, record, type World } from './world.ts'

/** Adds labels by name; whoever may write makes those that do not exist. */
export function addLabels(world: World, actor: Account, pull: Pull, names: readonly string[]): void {
  for (const name of names) {
    const label = findLabel(world, name) ?? addLabel(world, name)
    if (pull.labels.includes(label)) continue
    pull.labels.push(label)
    record(world, pull, actor, 'labeled', { label })
  }
}

export function removeLabels(world: World, actor: Account, pull: Pull, labels: readonly Label[]): void {
  for (const label of labels.filter((each) => pull.labels.includes(each))) {
    pull.labels = pull.labels.filter((each) => each !== label)
    record(world, pull, actor, 'unlabeled', { label })
  }
}

export function setLabels(world: World, actor: Account, pull: Pull, names: readonly string[]): void {
  const wanted = names.map((name) => name.toLowerCase())
  removeLabels(
    world,
    actor,
    pull,
    pull.labels.filter(({ name }) => !wanted.includes(name.toLowerCase())),
  )
  addLabels(world, actor, pull, names)
}
