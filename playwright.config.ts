import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Bounds for what never comes; a busy machine is slow, and no test measures time.
  timeout: 150_000,
  expect: { timeout: 45_000 },
  // A test that passes only on a second try is a bug.
  retries: 0,
  // One more than a small machine has processors: now and then each test waits, such as for codex to start or for a time to be over.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
})
