import { defineConfig } from 'vitest/config'

/**
 * Promotions killed at every call, in every order beside another, and with every fault at every call; and renderings that
 * have to be ended. A sample of them, for CI, takes a minute; `--mode all` takes an hour.
 */
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/kill/*.test.ts'],
    env: mode === 'all' ? { GITOPS_TEST_ALL: '1' } : {},
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
}))
