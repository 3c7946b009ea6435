import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSink, type Sink, type SinkOptions } from '../../src/report/sink.ts'
import { commandsIn } from './report-commands.ts'
import { hostile } from './report-fixture.ts'

interface Wanted extends Partial<Pick<SinkOptions, 'inActions' | 'colour' | 'verbose'>> {
  isTTY?: boolean
}

/** What a sink writes on both streams while something is told to it. */
function written(tell: (sink: Sink) => void, { isTTY, ...options }: Wanted = {}): { stdout: string; stderr: string } {
  const both = { stdout: '', stderr: '' }
  const channel = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write(text: string) {
      both[name] += text
    },
  })
  const streams = { stdout: channel('stdout'), stderr: channel('stderr') }
  tell(createSink({ ...streams, inActions: false, colour: false, verbose: false, ...options }))
  return both
}

function everything(sink: Sink, text: string): void {
  sink.group(text)
  sink.note(text)
  sink.detail(text)
  sink.progress(1, 2, text)
  sink.progress(250, 500, text)
  sink.warn(text)
  sink.fail(new Error(text, { cause: new TypeError(text) }))
  sink.fail(text)
  sink.endGroup()
}

const failure = new Error('The schema cannot be read; name another.', {
  cause: new Error('connect ECONNREFUSED', { cause: new Error('127.0.0.1') }),
})

describe('the sink', () => {
  test('puts reports on standard output, alone and unchanged', () => {
    expect(written((sink) => sink.report('{"a": "::error::"}\n'))).toEqual({
      stdout: '{"a": "::error::"}\n',
      stderr: '',
    })
  })

  test('puts all else on standard error', () => {
    const { stdout, stderr } = written((sink) => everything(sink, 'text'), { verbose: true })
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
  })

  test.each<[string, (sink: Sink) => void, Wanted, string]>([
    ['a note', (sink) => sink.note('One.\nTwo.'), {}, 'One.\\nTwo.\n'],
    ['a note that looks like a command', (sink) => sink.note(' ::error::x'), {}, '|  ::error::x\n'],
    ['a warning', (sink) => sink.warn('Old.'), {}, 'warning: Old.\n'],
    ['a warning in Actions', (sink) => sink.warn('50% ::a'), { inActions: true }, '::warning::50%25 ::a\n'],
    ['no details', (sink) => sink.detail('More.'), {}, ''],
    ['details when verbose', (sink) => sink.detail('More.'), { verbose: true }, 'More.\n'],
    ['a group', (sink) => [sink.group('Render'), sink.endGroup()], {}, 'Render\n'],
    [
      'a group in Actions',
      (sink) => [sink.group('a\nb'), sink.endGroup()],
      { inActions: true },
      '::group::a\\nb\n::endgroup::\n',
    ],
    [
      'a failure with its causes',
      (sink) => sink.fail(failure),
      {},
      'error: The schema cannot be read; name another.\n  caused by: connect ECONNREFUSED\n  caused by: 127.0.0.1\n',
    ],
    [
      'a failure in Actions',
      (sink) => sink.fail(new Error('Broken\r\n##[add-mask]x')),
      { inActions: true },
      '::error::Broken\\r\\n##\\[add-mask]x\n',
    ],
    [
      'nothing of what was thrown and is no error',
      (sink) => sink.fail({ token: 'canary' }),
      {},
      'error: Something that is no error was thrown.\n',
    ],
    [
      'colours on a terminal',
      (sink) => sink.fail(failure.cause),
      { colour: true, isTTY: true },
      '\u001b[31merror:\u001b[39m connect ECONNREFUSED\n\u001b[2m  caused by: 127.0.0.1\u001b[22m\n',
    ],
    ['no colours elsewhere', (sink) => sink.warn('Old.'), { colour: true }, 'warning: Old.\n'],
  ])('writes %s', (_, tell, options, expected) => {
    expect(written(tell, options).stderr).toBe(expected)
  })

  test('tells where an error came from only when verbose, and its message once', () => {
    const told = written((sink) => sink.fail(failure), { verbose: true }).stderr
    expect(told.split('The schema cannot be read')).toHaveLength(2)
    expect(told).toMatch(/^ {4}at .*sink\.test\.ts:\d+:\d+/m)
    expect(written((sink) => sink.fail(failure)).stderr).not.toMatch(/^\s+at /m)
  })

  test('ends with a cause that is its own', () => {
    const circle = new Error('round')
    circle.cause = circle
    expect(written((sink) => sink.fail(circle)).stderr.split('\n').length).toBeLessThan(10)
  })

  test('cuts a message that would flood the log', () => {
    const { stderr } = written((sink) => sink.note('\u0001'.repeat(1_000_000)))
    expect(stderr).toHaveLength(4097)
    expect(stderr.endsWith('…\n')).toBe(true)
  })
})

describe('progress', () => {
  const run = (sink: Sink, total: number) => {
    for (let done = 1; done <= total; done++) sink.progress(done, total, `envs/${done}`)
  }

  test('updates one line of a terminal, and takes it away before anything else is said', () => {
    const { stderr } = written(
      (sink) => {
        sink.progress(1, 3, 'a')
        sink.progress(2, 3, 'b')
        sink.note('Said.')
      },
      { isTTY: true },
    )
    expect(stderr).toBe('\r\u001b[K1/3 a\r\u001b[K2/3 b\r\u001b[KSaid.\n')
  })

  test('leaves a terminal as it was when all is done', () => {
    expect(written((sink) => run(sink, 2), { isTTY: true }).stderr.endsWith('\r\u001b[K')).toBe(true)
  })

  test.each([
    [10, ''],
    [250, '250 of 250 done\n'],
    [600, '250 of 600 done\n500 of 600 done\n600 of 600 done\n'],
  ])('is a line now and then in a log, for %i', (total, expected) => {
    expect(written((sink) => run(sink, total)).stderr).toBe(expected)
    expect(written((sink) => run(sink, total), { inActions: true, isTTY: true }).stderr).toBe(expected)
  })

  test('starts anew with the next work', () => {
    const twice = written((sink) => [run(sink, 300), run(sink, 300)]).stderr
    expect(twice).toBe('250 of 300 done\n300 of 300 done\n'.repeat(2))
  })
})

describe('whatever is told to the sink', () => {
  test('the runner obeys our own commands only', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, verbose) => {
        const { stdout, stderr } = written((sink) => everything(sink, text), { inActions: true, verbose })
        const names = commandsIn(stdout + stderr).map((command) => command.name)
        expect(names).toEqual(['group', 'warning', 'error', 'error', 'endgroup'])
      }),
      { numRuns: 5000 },
    )
  })

  test('a log holds no command, and every character in it can be seen', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { stderr } = written((sink) => everything(sink, text), { verbose: true })
        expect(commandsIn(stderr)).toEqual([])
        expect(stderr).toMatch(/^(?:\n|\P{Cc})*$/u)
        expect(stderr).not.toMatch(/[\p{Cf}\u2028\u2029]/u)
      }),
      { numRuns: 5000 },
    )
  })

  test('a terminal gets no sequence but the colours and the cleared line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { stderr } = written((sink) => everything(sink, text), { verbose: true, colour: true, isTTY: true })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is ours
        const rest = stderr.replace(/\r\u001b\[K|\u001b\[(?:1|2|22|31|33|39)m/g, '')
        expect(rest).toMatch(/^(?:\n|\P{Cc})*$/u)
      }),
      { numRuns: 5000 },
    )
  })
})
