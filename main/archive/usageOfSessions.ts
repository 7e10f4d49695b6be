import { type PriceTable, priceGroups } from '../../contract/domain/price.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import type { SessionUsage } from '../../contract/domain/usageReport.ts'
import type { Statements } from './statements.ts'
import type { UsageSums } from './usageSlots.ts'

/** Null is what has no name. */
type Names = (string | null)[]

interface Wanted {
  since: number
  until: number
  models: Names
  projects: Names
  limit: number
}

interface SessionSlice extends UsageSums {
  sessionId: string
}

export type RankedSession = Omit<SessionUsage, 'session'> & { sessionId: string }

/**
 * What each session used in a stretch of time, of some models or in some projects. It counts the same exchanges as the sums over
 * slots do, of which it reads the ones of that time one by one: as a whole they stand beside each session already.
 */
export function createSessionUsageReader({ all, get }: Statements) {
  return {
    /** Requests that told of tokens, as the sums count them: a session also has exchanges that ask for nothing. */
    countRequests(sessionId: string): number {
      const counted = get<{ n: number }>(
        `SELECT count(*) AS n FROM exchange JOIN exchangeUsage ON exchangeKey = exchange.key
         WHERE sessionId = ? AND groupKey IS NOT NULL`,
        sessionId,
      )
      return counted?.n ?? 0
    },

    /** The most expensive first; what has no price comes after these, by its tokens. `total` is how many there are in all. */
    rank(wanted: Wanted, prices: PriceTable): { ranked: RankedSession[]; total: number } {
      const bySession = Map.groupBy(sumExchanges(wanted), ({ sessionId }) => sessionId)
      const ranked = [...bySession].map(([sessionId, slices]): RankedSession => {
        const groups = slices.map(({ model, isLong, sessionId: _, accountMode: __, requestCount: ___, ...usage }) => ({
          model: model || null,
          isLong: isLong === 1,
          usage,
        }))
        return {
          sessionId,
          requestCount: slices.reduce((sum, { requestCount }) => sum + requestCount, 0),
          usage: groups.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
          usd: priceGroups(prices, groups)?.usd ?? null,
          isPaid: slices.every(({ accountMode }) => accountMode === 'apiKey'),
        }
      })
      ranked.sort((a, b) => (b.usd ?? -1) - (a.usd ?? -1) || b.usage.totalTokens - a.usage.totalTokens)
      return { ranked: ranked.slice(0, wanted.limit), total: ranked.length }
    },
  }

  function sumExchanges({ since, until, models, projects }: Wanted): SessionSlice[] {
    const isNarrowed = models.length + projects.length > 0
    const groups = isNarrowed
      ? `groupKey IN (SELECT key FROM usageGroup WHERE ${among('model', models)} AND ${among('project', projects)})`
      : 'groupKey IS NOT NULL'
    return all<SessionSlice>(
      `SELECT sessionId, model, isLong, accountMode, count(*) AS requestCount, sum(inputTokens) AS inputTokens,
         sum(cachedInputTokens) AS cachedInputTokens, sum(outputTokens) AS outputTokens,
         sum(reasoningTokens) AS reasoningTokens, sum(totalTokens) AS totalTokens
       FROM exchange CROSS JOIN exchangeUsage ON exchangeKey = exchange.key
       WHERE startedAt >= ? AND startedAt < ? AND sessionId IS NOT NULL AND ${groups}
       GROUP BY sessionId, model, isLong, accountMode`,
      since,
      until,
      ...[models, projects]
        .filter((names) => names.length > 0)
        .map((names) => JSON.stringify(names.map((name) => name ?? ''))),
    )
  }
}

function among(column: 'model' | 'project', names: Names): string {
  return names.length === 0 ? 'TRUE' : `${column} IN (SELECT value FROM json_each(?))`
}
