import type { AccountMode } from '../../contract/domain/account.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { longInputTokens } from '../../contract/domain/price.ts'
import { addUsage } from '../../contract/domain/usage.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { offsetSpans } from './offsetSpans.ts'
import type { Statements } from './statements.ts'

/** Every zone's midnight is on a quarter of an hour, so that slots of this length add up to anybody's days. */
export const slotMs = 900_000

/** What has one price and belongs together; no key of a dictionary is null, as SQLite takes no two of these for the same. */
interface UsageKind {
  model: string
  isLong: number
  accountMode: string
}

/**
 * What exchanges used, each by itself and summed over a quarter of an hour, project and model. It counts what sessions count: an
 * exchange of a session that is not shown, such as one that was just deleted, stands in no sum. Triggers keep the sums.
 */
export function createUsageSlots({ run, get, all }: Statements) {
  function groupKey(project: string | null, { model, isLong, accountMode }: UsageKind): number {
    const values = [project ?? '', model, isLong, accountMode]
    const known = get<{ key: number }>(
      'SELECT key FROM usageGroup WHERE project = ? AND model = ? AND isLong = ? AND accountMode = ?',
      ...values,
    )
    return (
      known?.key ??
      run('INSERT INTO usageGroup (project, model, isLong, accountMode) VALUES (?, ?, ?, ?)', ...values).key
    )
  }

  /** Of what was deleted not even the name of its folder stays. */
  function dropUnused(): void {
    run('DELETE FROM usageGroup WHERE NOT EXISTS (SELECT 1 FROM usageSlot WHERE groupKey = key)')
  }

  return {
    /** What one exchange used by now; it counts with the session where it was placed. */
    put({ id, startedAt, model, accountMode, usage }: Exchange): void {
      if (!usage || usage.totalTokens <= 0) return
      const row = get<{ key: number; sessionKey: number | null; cwd: string | null }>(
        `SELECT exchange.key, sessionFacet.key AS sessionKey, cwd FROM exchange
         LEFT JOIN session ON session.id = exchange.sessionId LEFT JOIN sessionFacet ON sessionFacet.key = session.key
         WHERE exchange.id = ?`,
        id,
      )
      if (!row) return
      const kind: UsageKind = {
        model: model ?? '',
        isLong: Number(usage.inputTokens > longInputTokens),
        accountMode: accountMode ?? '',
      }
      run(
        `INSERT INTO exchangeUsage (exchangeKey, slot, groupKey, model, isLong, accountMode,
           inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (exchangeKey) DO UPDATE SET slot = excluded.slot, groupKey = excluded.groupKey,
           model = excluded.model, isLong = excluded.isLong, accountMode = excluded.accountMode,
           inputTokens = excluded.inputTokens, cachedInputTokens = excluded.cachedInputTokens,
           outputTokens = excluded.outputTokens, reasoningTokens = excluded.reasoningTokens,
           totalTokens = excluded.totalTokens`,
        row.key,
        Math.floor(startedAt / slotMs),
        row.sessionKey === null ? null : groupKey(row.cwd, kind),
        kind.model,
        kind.isLong,
        kind.accountMode,
        usage.inputTokens,
        usage.cachedInputTokens,
        usage.outputTokens,
        usage.reasoningTokens,
        usage.totalTokens,
      )
    },

    /** From now on what the session used counts for this project. */
    show(sessionId: string, project: string | null): void {
      const kinds = all<{ model: string; isLong: number; accountMode: string }>(
        `SELECT DISTINCT model, isLong, accountMode FROM exchange JOIN exchangeUsage ON exchangeKey = key
         WHERE sessionId = ?`,
        sessionId,
      )
      for (const kind of kinds) {
        run(
          `UPDATE exchangeUsage SET groupKey = ? WHERE model = ? AND isLong = ? AND accountMode = ?
           AND exchangeKey IN (SELECT key FROM exchange WHERE sessionId = ?)`,
          groupKey(project, kind),
          kind.model,
          kind.isLong,
          kind.accountMode,
          sessionId,
        )
      }
      dropUnused()
    },

    hide(sessionId: string): void {
      run(
        `UPDATE exchangeUsage SET groupKey = NULL
         WHERE groupKey IS NOT NULL AND exchangeKey IN (SELECT key FROM exchange WHERE sessionId = ?)`,
        sessionId,
      )
      dropUnused()
    },

    clear(): void {
      run('DELETE FROM usageSlot')
      run('DELETE FROM exchangeUsage')
      run('DELETE FROM usageGroup')
    },
  }
}

interface SummedSlots {
  day: number
  project: string
  model: string
  isLong: number
  accountMode: string
  requestCount: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
  reasoningTokens: number
  totalTokens: number
}

const dayMs = 86_400_000

export function createUsageReader({ get, all }: Statements) {
  /** The slots of a span in which the clocks of the zone were not set, by their day there. */
  function sumSpan(from: number, to: number, offsetMs: number): SummedSlots[] {
    return all<SummedSlots>(
      `SELECT day, project, model, isLong, accountMode, requestCount,
         inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens
       FROM (
         SELECT groupKey, (slot * ${slotMs} + CAST(? AS INTEGER)) / ${dayMs} AS day, sum(requestCount) AS requestCount,
           sum(inputTokens) AS inputTokens, sum(cachedInputTokens) AS cachedInputTokens,
           sum(outputTokens) AS outputTokens, sum(reasoningTokens) AS reasoningTokens, sum(totalTokens) AS totalTokens
         FROM usageGroup CROSS JOIN usageSlot ON groupKey = key AND slot >= ? AND slot < ? GROUP BY groupKey, day
       ) JOIN usageGroup ON key = groupKey`,
      offsetMs,
      Math.ceil(from / slotMs),
      Math.ceil(to / slotMs),
    )
  }

  return {
    /** The days in their order. `timeZone` is one that `Intl` knows. */
    rows(since: number, until: number, timeZone: string): UsageRow[] {
      const edges = get<{ first: number | null; last: number | null }>(
        'SELECT min(slot) AS first, max(slot) AS last FROM usageSlot',
      )
      if (!edges || edges.first === null || edges.last === null) return []
      const from = Math.max(since, edges.first * slotMs)
      const to = Math.min(until, (edges.last + 1) * slotMs)
      const days = new Map<string, UsageRow>()
      for (const span of offsetSpans(timeZone, from, to)) {
        for (const slots of sumSpan(span.from, span.to, span.offsetMs)) {
          const row = toRow(slots)
          const key = JSON.stringify([row.day, row.project, row.model, row.isLong, row.accountMode])
          const known = days.get(key)
          days.set(key, known ? addRows(known, row) : row)
        }
      }
      return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    },
  }
}

/** A day on which the clocks are set is in two spans. */
function addRows(a: UsageRow, b: UsageRow): UsageRow {
  return { ...a, requestCount: a.requestCount + b.requestCount, usage: addUsage(a.usage, b.usage) }
}

function toRow({ day, project, model, isLong, accountMode, requestCount, ...usage }: SummedSlots): UsageRow {
  return {
    day: new Date(day * dayMs).toISOString().slice(0, 10),
    project: project || null,
    model: model || null,
    isLong: isLong === 1,
    accountMode: accountMode === '' ? null : (accountMode as AccountMode),
    requestCount,
    usage,
  }
}
