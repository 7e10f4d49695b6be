import type { AccountMode } from '../../contract/domain/account.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { longInputTokens } from '../../contract/domain/price.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { localDays } from './localDays.ts'
import type { Statements } from './statements.ts'

/** Every zone's midnight is on a quarter of an hour, so that slots of this length add up to anybody's days. */
const slotMs = 900_000

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
      if (!usage || usage.totalTokens <= 0) {
        run('DELETE FROM exchangeUsage WHERE exchangeKey = (SELECT key FROM exchange WHERE id = ?)', id)
        return
      }
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
           totalTokens = excluded.totalTokens
         WHERE (slot, groupKey, model, isLong, accountMode, inputTokens, cachedInputTokens, outputTokens, reasoningTokens,
             totalTokens)
           IS NOT (excluded.slot, excluded.groupKey, excluded.model, excluded.isLong, excluded.accountMode,
             excluded.inputTokens, excluded.cachedInputTokens, excluded.outputTokens, excluded.reasoningTokens,
             excluded.totalTokens)`,
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

    dropUnused,
  }
}

/** What was used at one price, added up. */
export interface UsageSums {
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

interface SummedSlots extends UsageSums {
  project: string
}

/** Sums over slots, put together to the days of whatever time zone asks. Tokens are counted, costs are not stored. */
export function createUsageReader({ get, all }: Statements) {
  /** Day by day, as the slots of one are few enough to be put together without sorting all of them. */
  function sumSlots(from: number, to: number): SummedSlots[] {
    return all<SummedSlots>(
      `SELECT project, model, isLong, accountMode, sums.* FROM (
         SELECT groupKey, sum(requestCount) AS requestCount, sum(inputTokens) AS inputTokens,
           sum(cachedInputTokens) AS cachedInputTokens, sum(outputTokens) AS outputTokens,
           sum(reasoningTokens) AS reasoningTokens, sum(totalTokens) AS totalTokens
         FROM usageSlot WHERE slot >= ? AND slot < ? GROUP BY groupKey
       ) AS sums JOIN usageGroup ON key = groupKey`,
      Math.ceil(from / slotMs),
      Math.ceil(to / slotMs),
    )
  }

  return {
    /** The days in their order. `timeZone` is one that `Intl` knows. */
    rows(since: number, until: number, timeZone: string): UsageRow[] {
      const { first = null, last = null } =
        get<{ first: number | null; last: number | null }>(
          'SELECT (SELECT min(slot) FROM usageSlot) AS first, (SELECT max(slot) FROM usageSlot) AS last',
        ) ?? {}
      if (first === null || last === null) return []
      const from = Math.max(since, first * slotMs)
      const to = Math.min(until, (last + 1) * slotMs)
      return localDays(timeZone, from, to).flatMap(({ day, from, to }) =>
        sumSlots(from, to).map((slots) => toRow(day, slots)),
      )
    },
  }
}

function toRow(day: string, slots: SummedSlots): UsageRow {
  const { project, model, isLong, accountMode, requestCount } = slots
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens } = slots
  return {
    day,
    project: project || null,
    model: model || null,
    isLong: isLong === 1,
    accountMode: accountMode === '' ? null : (accountMode as AccountMode),
    requestCount,
    usage: { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens },
  }
}
