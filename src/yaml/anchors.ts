import type { Event } from 'js-yaml'
import { type Composition, fail } from './composition.ts'
import type { Composed, YamlValue } from './yaml-value.ts'

interface Anchored {
  value: YamlValue
  /** Nodes in it, aliases expanded; `undefined` while it is still open, thus cyclic. */
  nodes: number | undefined
}

type Anchoring = { anchorStart: number; anchorEnd: number }

/** The anchors of one document, and how much its aliases add to it. */
export class Anchors {
  /** Nodes that stand in the value because of aliases. */
  aliased = 0
  readonly #composition: Composition
  readonly #anchored = new Map<string, Anchored>()

  constructor(composition: Composition) {
    this.#composition = composition
  }

  /** Remembers a node that is complete, if it has an anchor. */
  set(event: Anchoring, composed: Composed): Composed {
    if (event.anchorStart >= 0) this.#anchored.set(this.#nameOf(event), composed)
    return composed
  }

  /** Remembers a collection that is not complete yet, if it has an anchor; `nodes` is to be set when it is. */
  open(event: Anchoring, value: YamlValue): Anchored | undefined {
    if (event.anchorStart < 0) return undefined
    const open: Anchored = { value, nodes: undefined }
    this.#anchored.set(this.#nameOf(event), open)
    return open
  }

  /** @throws Unreadable where the alias leads nowhere, or into what holds it */
  follow(event: Extract<Event, { type: 5 }>): Composed {
    const name = this.#nameOf(event)
    const target = this.#anchored.get(name)
    const refuse = (message: string) => fail(this.#composition, 'yaml/syntax', event.anchorStart - 1, message)
    if (!target) return refuse('This alias has no anchor before it; a value that starts with * needs quotes.')
    if (target.nodes === undefined) return refuse(`The anchor &${name} contains itself.`)
    this.aliased += target.nodes
    return { value: target.value, nodes: target.nodes }
  }

  #nameOf({ anchorStart, anchorEnd }: Anchoring): string {
    return this.#composition.text.slice(anchorStart, anchorEnd)
  }
}
