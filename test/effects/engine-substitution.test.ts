import { afterAll, describe, expect, test } from 'vitest'
import { startEngines } from '../../src/engine/pool.ts'
import cases from '../samples/engine-substitution.json' with { type: 'json' }

const engines = startEngines(new Map(), { workers: 1, deadline: 30_000, memory: 512 * 1024 * 1024 })
afterAll(() => engines.close())

interface Case {
  text: string
  variables?: Record<string, string>
  strict?: boolean
  gives?: string
  says?: string
}

describe('substitution', () => {
  test.each(cases as Case[])(
    'of $text',
    async ({ text, variables = { region: 'eu' }, strict = false, gives, says }) => {
      const result = await engines.substitute({ text, variables, strict })
      if (gives !== undefined) expect(result).toEqual({ ok: true, text: gives })
      else expect(result).toMatchObject({ ok: false, reason: 'failed', message: expect.stringContaining(says ?? '') })
    },
  )
})
