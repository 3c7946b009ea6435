import { defineConfig } from 'vitest/config'

/** Promotions killed at every call, in every order beside another, and with every fault at every call: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['test/bundle/promote-{kill,interleave,faults}*.test.ts'],
    env: { GITOPS_TEST_ALL: '1' },
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
})
