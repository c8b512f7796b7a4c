import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.spec.ts'],
    // real files, child processes and native modules: a process each keeps one spec's faults out of another
    pool: 'forks',
    // the default leaves one core to the reporter, which is half of a small machine
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // a test that passes at the second try tells nothing
    retry: 0,
  },
})
