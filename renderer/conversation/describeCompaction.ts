import { cachedPercent, formatPercent, formatTokens } from '../ui/formatting.ts'
import type { CompactionSeam } from './compactionSeam.ts'

/** What the request after it took from the cache, and what the one before it had; null while that is not known. */
export function describeCache({ before, after }: CompactionSeam): string | null {
  if (!after?.usage) return null
  const { inputTokens, cachedInputTokens } = after.usage
  const fresh = formatTokens(Math.max(0, inputTokens - cachedInputTokens))
  const was = before?.usage ? cachedPercent(before.usage) : null
  const earlier = was === null ? '' : `; before it was ${formatPercent(was)}`
  if (cachedInputTokens === 0) return `The next request had nothing from the cache${earlier}. It read ${fresh} anew.`
  const share = formatPercent(cachedPercent(after.usage) ?? 0)
  return `The next request had ${share} from the cache${earlier}. It read ${fresh} anew.`
}
