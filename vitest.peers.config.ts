import { defineConfig } from 'vitest/config'

/** What needs the tools of `npm run peers`: our verdicts and renders beside theirs. */
export default defineConfig({
  test: { include: ['test/peers/**/*.test.ts', 'test/registry/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
})
