import { addLabels, removeLabels, setLabels } from '../model/labelling.ts'
import { addLabel, findLabel } from '../model/world.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { pullOf } from './find.ts'
import { page } from './page.ts'
import { labelView } from './pull-view.ts'
import { type Call, created, ok, type Routes } from './route.ts'

const WRITE = 'issues=write; pull_requests=write'
const READ = 'issues=read; pull_requests=read'

export const labelRoutes: Routes = {
  'issues/list-labels-for-repo': { accepts: READ, answer: list },
  'issues/get-label': { accepts: READ, answer: get },
  'issues/create-label': { accepts: WRITE, answer: create },
  'issues/list-labels-on-issue': { accepts: READ, answer: (call) => page(call, shown(call)) },
  'issues/add-labels': { accepts: WRITE, answer: add },
  'issues/set-labels': { accepts: WRITE, answer: set },
  'issues/remove-label': { accepts: WRITE, answer: remove },
}

const shown = (call: Call) => pullOf(call).labels.map((label) => labelView(call.world, label))

function list(call: Call) {
  return page(
    call,
    [...call.world.labels.values()].map((label) => labelView(call.world, label)),
  )
}

function get({ world, path }: Call) {
  const label = findLabel(world, path.name as string)
  if (!label) throw notFound()
  return ok(labelView(world, label))
}

function create({ world, body }: Call) {
  const name = body.name as string
  if (findLabel(world, name)) throw invalid({ resource: 'Label', code: 'already_exists', field: 'name' })
  if (name.length > 50)
    throw invalid({ resource: 'Label', code: 'invalid', field: 'name', message: 'name is too long' })
  const color = body.color as string | undefined
  return created(labelView(world, addLabel(world, name, color, (body.description as string | undefined) ?? null)))
}

function add(call: Call) {
  addLabels(call.world, call.token.account, pullOf(call), namesOf(call))
  return ok(shown(call))
}

function set(call: Call) {
  setLabels(call.world, call.token.account, pullOf(call), namesOf(call))
  return ok(shown(call))
}

function remove(call: Call) {
  const { world, token, path } = call
  const label = findLabel(world, path.name as string)
  if (!label || !pullOf(call).labels.includes(label)) throw new Problem(404, 'Label does not exist')
  removeLabels(world, token.account, pullOf(call), [label])
  return ok(shown(call))
}

function namesOf({ body }: Call): string[] {
  const labels = (body.labels ?? []) as (string | { name: string })[]
  return labels.map((label) => (typeof label === 'string' ? label : label.name))
}
