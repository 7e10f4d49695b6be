import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 90_000,
  // A test that passes only on a second try is a bug.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  outputDir: 'test-results',
})
