import { nearest } from '../report/nearest.ts'
import type { PathStep } from '../yaml/locate.ts'
import { type Fault, MOST_FAULTS } from './fault.ts'
import { isMapping } from './raw.ts'

const MOST_CYCLES = 20
const LONGEST_WAY = 12

interface Edge {
  from: string
  to: string
  path: PathStep[]
}

/**
 * What is wrong with the promotion graph: sources that do not exist, edges from an environment to itself, cycles. Reads
 * the raw value, so that it also speaks when something else in the file is wrong.
 */
export function graphFaults(environments: unknown): Fault[] {
  if (!isMapping(environments)) return []
  const names = Object.keys(environments)
  const known = new Set(names)
  const edges = names.flatMap((to) => edgesInto(to, environments[to]))
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const edge of edges) {
    if (faults.length >= MOST_FAULTS) break
    const id = JSON.stringify([edge.from, edge.to])
    if (seen.has(id)) faults.push(fault(edge, `The edge ${show(edge)} is given twice; keep one.`))
    else if (edge.from === edge.to)
      faults.push(fault(edge, `The edge ${show(edge)} leads from an environment to itself.`))
    else if (!known.has(edge.from)) faults.push(fault(edge, unknownSource(edge, names)))
    seen.add(id)
  }
  return [
    ...faults,
    ...cycleFaults(
      names,
      edges.filter(({ from, to }) => from !== to && known.has(from)),
    ),
  ]
}

function edgesInto(to: string, environment: unknown): Edge[] {
  const from = isMapping(environment) ? environment.from : undefined
  const path: PathStep[] = ['environments', to, 'from']
  if (typeof from === 'string') return from.trim() === '' ? [] : [{ from, to, path }]
  const [list, at] = isMapping(from) ? [from.any, [...path, 'any']] : [from, path]
  if (!Array.isArray(list)) return []
  return list.flatMap((name, index) => (typeof name === 'string' ? [{ from: name, to, path: [...at, index] }] : []))
}

/** Each cycle once, at the edge that closes it. */
function cycleFaults(names: readonly string[], edges: readonly Edge[]): Fault[] {
  const faults: Fault[] = []
  let left = edges
  while (faults.length < MOST_CYCLES) {
    left = onlyCyclic(names, left)
    const cycle = anyCycle(left)
    const [closing] = cycle
    if (!closing) return faults
    const way = [...cycle.map((edge) => edge.to), closing.to].reverse().map(bare)
    if (way.length > LONGEST_WAY) way.splice(LONGEST_WAY / 2, way.length - LONGEST_WAY, '…')
    faults.push(fault(closing, `The edge ${show(closing)} closes a cycle: ${way.join(' → ')}.`))
    const told = new Set(cycle)
    left = left.filter((edge) => !told.has(edge))
  }
  return faults
}

/** Drops, again and again, the edges of environments that nothing leads into. */
function onlyCyclic(names: readonly string[], edges: readonly Edge[]): readonly Edge[] {
  const waiting = new Map(names.map((name) => [name, 0]))
  const out = new Map<string, Edge[]>(names.map((name) => [name, []]))
  for (const edge of edges) {
    waiting.set(edge.to, (waiting.get(edge.to) ?? 0) + 1)
    out.get(edge.from)?.push(edge)
  }
  const free = names.filter((name) => waiting.get(name) === 0)
  for (const name of free) {
    for (const { to } of out.get(name) ?? []) {
      const rest = (waiting.get(to) ?? 0) - 1
      waiting.set(to, rest)
      if (rest === 0) free.push(to)
    }
  }
  const gone = new Set(free)
  return edges.filter((edge) => !gone.has(edge.from))
}

/** Walks against the edges, each of which has one before it, until it has been somewhere twice. */
function anyCycle(edges: readonly Edge[]): Edge[] {
  const into = new Map(edges.map((edge) => [edge.to, edge]))
  const walked = new Set<Edge>()
  for (let edge = edges[0]; edge; edge = into.get(edge.from)) {
    if (walked.has(edge)) return [...walked].slice([...walked].indexOf(edge))
    walked.add(edge)
  }
  return []
}

function fault(edge: Edge, message: string): Fault {
  return { path: edge.path, at: 'value', message }
}

function unknownSource(edge: Edge, names: readonly string[]): string {
  const close = nearest(
    edge.from,
    names.filter((name) => name !== edge.to),
  )
  const hint = close ? `did you mean ${bare(close)}?` : 'add it to environments.'
  return `The edge ${show(edge)} starts at an environment that does not exist; ${hint}`
}

function show({ from, to }: Edge): string {
  return `${bare(from)} → ${bare(to)}`
}

/** A name as it is, if it is one: anything else is shown as a string. */
function bare(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name)
}
