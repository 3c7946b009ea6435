import { describe, expect, test } from 'vitest'
import { cutReport, writeOutputs } from '../../src/action/outputs.ts'
import { findingOf, findingsOf, reportOf } from './report-fixture.ts'

describe('writeOutputs', () => {
  function write(path: string | undefined, outputs: Record<string, string>, append?: () => void) {
    const written: string[] = []
    const warnings: string[] = []
    let number = 0
    writeOutputs(path, outputs, {
      append: append ?? ((file, text) => written.push(file, text)),
      warn: (message) => warnings.push(message),
      delimiter: () => `end_${++number}`,
    })
    return { written, warnings }
  }

  test('writes every output with a delimiter of its own, at once', () => {
    expect(write('/outputs', { outcome: 'valid', json: '{\n}' })).toEqual({
      written: ['/outputs', 'outcome<<end_1\nvalid\nend_1\njson<<end_2\n{\n}\nend_2\n'],
      warnings: [],
    })
  })

  test.each([undefined, ''])('writes nothing where there is no file: %j', (path) => {
    expect(write(path, { outcome: 'valid' })).toEqual({ written: [], warnings: [] })
  })

  test('writes nothing if a value could end itself', () => {
    expect(write('/outputs', { json: 'a\nend_1\noutcome<<x\nvalid\nx' })).toEqual({
      written: [],
      warnings: ['The outputs could not be written: The output json contains its delimiter.'],
    })
  })

  test('warns where the file cannot be written', () => {
    const { warnings } = write('/outputs', { outcome: 'valid' }, () => {
      throw new Error('no such file')
    })
    expect(warnings).toEqual(['The outputs could not be written: no such file'])
  })
})

describe('cutReport', () => {
  test('is the whole report where it fits', () => {
    const report = reportOf(findingsOf(3))
    const json = JSON.stringify(report)
    expect(cutReport(report)).toBe(json)
    expect(cutReport(report, json.length)).toBe(json)
  })

  test('has the order of the contract', () => {
    const finding = { help: 'Do.', introduced: true, ...findingOf() }
    const keys = Object.keys(JSON.parse(cutReport(reportOf([finding]))).findings[0])
    expect(keys).toEqual(['rule', 'severity', 'message', 'file', 'line', 'column', 'introduced', 'help'])
  })

  test('leaves off findings from the end, and as few as possible', () => {
    const report = reportOf(findingsOf(9))
    const whole = JSON.stringify({ ...report, truncated: true })
    const last = JSON.stringify(report.findings[8])
    const cut = JSON.parse(cutReport(report, JSON.stringify(report).length - 1))
    expect(cut).toEqual({ ...report, findings: report.findings.slice(0, 8), truncated: true })
    expect(cutReport(report, whole.length - last.length - 1)).toBe(JSON.stringify(cut))
  })

  test('leaves off coverage only when no finding is left', () => {
    const coverage = Array.from({ length: 50 }, () => reportOf().coverage[0] as never)
    const cut = JSON.parse(cutReport(reportOf(findingsOf(50), { coverage }), 2000))
    expect(cut.findings).toEqual([])
    expect(cut.coverage.length).toBeGreaterThan(0)
    expect(cut.coverage.length).toBeLessThan(50)
    expect(cut.summary).toEqual(reportOf(findingsOf(50)).summary)
  })

  test.each([
    ['a', 20_000],
    ['ä€😀', 9000],
  ])('is cut beyond 900 kB and not before, in bytes: %s', (text, count) => {
    const json = cutReport(reportOf(findingsOf(count, () => ({ message: text.repeat(20) }))))
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(900_000)
    expect(Buffer.byteLength(json)).toBeGreaterThan(899_000)
    expect(JSON.parse(json)).toMatchObject({ truncated: true, outcome: 'invalid' })
  })
})
