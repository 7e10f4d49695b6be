import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,main,renderer,tools}/**/*.test.{ts,tsx}', 'e2e/fakeOpenAi/**/*.test.ts'],
    testTimeout: 20_000,
    // One processor is left idle otherwise, which is half of a small machine.
    maxWorkers: '100%',
  },
})
