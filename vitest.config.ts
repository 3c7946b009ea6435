import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,effects,bundle,samples}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
})
