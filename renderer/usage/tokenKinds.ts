import type { Usage } from '../../contract/domain/usage.ts'
import { formatTokens } from '../ui/formatting.ts'

/** From the bottom of a stack to its top. */
export const tokenKinds = ['cached', 'fresh', 'output', 'reasoning'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** Tokens that add up, as a stack has to: what was cached is no part of what was fresh, and what was thought none of the output. */
export function splitTokens(usage: Usage): Record<TokenKind, number> {
  const { cached, fresh, output, reasoning } = countTokens(usage)
  return { cached, fresh, output: output - reasoning, reasoning }
}

/** The numbers as they are told: the output is all that was billed as output, and what was thought a part of it. */
export function countTokens(usage: Usage): Record<TokenKind, number> {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens)
  const reasoning = Math.min(usage.reasoningTokens, usage.outputTokens)
  return { cached, fresh: usage.inputTokens - cached, output: usage.outputTokens, reasoning }
}

/** `9.5k output`, `of which 2.2k reasoning`. */
export function tellTokens(usage: Usage, kind: TokenKind): string {
  const count = formatTokens(countTokens(usage)[kind])
  return kind === 'reasoning' ? `of which ${count} reasoning` : `${count} ${kind}`
}
