import type { Usage } from '../../contract/domain/usage.ts'
import { asNumber, asObject } from './json.ts'

/** Null when the response told of none. */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value)
  if (!usage) return null
  const inputTokens = asNumber(usage.input_tokens) ?? 0
  const outputTokens = asNumber(usage.output_tokens) ?? 0
  return {
    inputTokens,
    cachedInputTokens: asNumber(asObject(usage.input_tokens_details)?.cached_tokens) ?? 0,
    outputTokens,
    reasoningTokens: asNumber(asObject(usage.output_tokens_details)?.reasoning_tokens) ?? 0,
    totalTokens: asNumber(usage.total_tokens) ?? inputTokens + outputTokens,
  }
}
