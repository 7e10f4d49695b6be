import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Bounds for what never comes; a busy machine is slow, and no test measures time.
  timeout: 150_000,
  expect: { timeout: 45_000 },
  // A test that passes only on a second try is a bug.
  retries: 0,
  // A third one on two processors was measured, and gained nothing: each test takes as much longer.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
})
