import type { Usage } from '../../contract/domain/usage.ts'

/** From the bottom of a stack to its top. */
export const tokenKinds = ['cached', 'fresh', 'reasoning', 'output'] as const

/** Tokens that add up: what was cached is no part of what was fresh, and what was thought none of the output. */
export function splitTokens(usage: Usage) {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens)
  const reasoning = Math.min(usage.reasoningTokens, usage.outputTokens)
  return { cached, fresh: usage.inputTokens - cached, reasoning, output: usage.outputTokens - reasoning }
}
