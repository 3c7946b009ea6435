import { defineConfig } from 'vitest/config'

const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      // Pure functions may share a process; what starts others forks faster from a small one.
      { test: { ...patience, name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false } },
      { test: { ...patience, name: 'real', include: ['test/{effects,bundle,samples}/**/*.test.ts'] } },
    ],
  },
})
