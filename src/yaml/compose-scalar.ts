import { type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { type Composition, report, reportUnknownTag } from './composition.ts'
import { ambiguity } from './message.ts'
import { isNotFinite, readPlain, type Scalar } from './scalar.ts'

type ScalarEvent = Extract<Event, { type: 4 }>

/** A scalar as the cluster reads it. What other readers take for something else is a problem. */
export function composeScalar(composition: Composition, event: ScalarEvent): Scalar {
  const content = getScalarValue(composition.text, event)
  if (event.tagStart >= 0) return taggedScalar(composition, event, content)
  if (event.style !== SCALAR_STYLE.PLAIN) return content
  const reading = readPlain(content)
  if (reading.suggests !== undefined) {
    const message = ambiguity(content, reading.cluster, reading.suggests)
    report(composition, 'yaml/ambiguous-scalar', event.valueStart, message, { manifestOnly: true })
  }
  if (reading.cluster === content && isNotFinite(content)) {
    const message = `${content} is a number that JSON, and so the cluster, does not have.`
    report(composition, 'yaml/syntax', event.valueStart, message, { manifestOnly: true })
  }
  return reading.cluster
}

function taggedScalar(composition: Composition, event: ScalarEvent, content: string): Scalar {
  const tag = composition.text.slice(event.tagStart, event.tagEnd)
  switch (tag) {
    case '!':
    case '!!str':
      return content
    case '!!binary':
      return Buffer.from(content, 'base64').toString('latin1')
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null':
      return readPlain(content).cluster
    default:
      reportUnknownTag(composition, event.tagStart)
      return event.style === SCALAR_STYLE.PLAIN ? readPlain(content).cluster : content
  }
}
