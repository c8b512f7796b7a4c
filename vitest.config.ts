import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.spec.ts'],
    // real files, child processes and native modules: a process each keeps one spec's faults out of another
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // a test that passes at the second try tells nothing
    retry: 0,
  },
})
