// Prints "passed failed" of a vitest JSON report: count-tests.mjs REPORT EXIT-CODE.
// A run that failed without a failing test (a file that does not load, an unhandled rejection) still counts as a failure,
// and so does a skipped test: nothing here may be green by silence.
import { readFileSync } from 'node:fs'

const [report, exitCode] = process.argv.slice(2)
const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'))
const notRun = numTotalTests - numPassedTests - numFailedTests
const failed = numFailedTests + notRun
process.stdout.write(`${numPassedTests} ${failed === 0 && exitCode !== '0' ? 1 : failed}\n`)
