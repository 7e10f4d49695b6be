import type { Limits } from '../../contract/domain/limits.ts'
import { type LossReason, lossReasonSchema, type Recording } from '../../contract/domain/recording.ts'
import { readRederived } from './rederived.ts'
import type { Statements } from './statements.ts'
import { countUnderived } from './underived.ts'

/** Numbers that are kept instead of counted, so that they cost the same in an archive of any size. */
export type Counter =
  | 'recorded'
  | 'total'
  | 'sessions'
  | 'seq'
  | 'rederiving'
  | 'rederivedTo'
  | 'rederivingTo'
  | 'unindexedTo'
  | 'runsTo'
  | 'scrubbing'
  | 'paused'
  | 'prices'
  | `missed:${LossReason}`

export interface AuthCall {
  launchId: string
  at: number
  method: string
  path: string
  httpStatus: number | null
  errorCode: string | null
  durationMs: number
}

/** What the ledger asks of a launch that it keeps; the rest of the record is its owner's. */
export interface KeptLaunch {
  id: string
  startedAt: number
}

export type LedgerReader = ReturnType<typeof createLedgerReader>
export type Ledger = ReturnType<typeof createLedger>

export function createLedgerReader(statements: Statements) {
  const { get, all } = statements

  function read(counter: Counter): number {
    return get<{ value: number }>('SELECT value FROM counter WHERE name = ?', counter)?.value ?? 0
  }

  return {
    read,
    recording(): Recording {
      const missed: Recording['missed'] = {}
      for (const reason of lossReasonSchema.options) {
        const count = read(`missed:${reason}`)
        if (count > 0) missed[reason] = count
      }
      const isPaused = read('paused') === 1
      return {
        isPaused,
        recorded: read('recorded'),
        total: read('total'),
        missed,
        ...readRederived(read),
        ...countUnderived(statements),
        seq: read('seq'),
      }
    },

    /** Oldest first. */
    limits(since: number): Limits[] {
      return all<{ limits: string }>('SELECT limits FROM limitSnapshot WHERE at >= ? ORDER BY at', since).map((row) =>
        JSON.parse(row.limits),
      )
    },
  }
}

/** Counts, launches and calls to the auth upstream: what is known beside the exchanges themselves. */
export function createLedger(statements: Statements) {
  const { run, get, all } = statements
  return {
    ...createLedgerReader(statements),

    write(counter: Counter, value: number): void {
      run('INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', counter, value)
    },

    add(counter: Counter, difference: number): void {
      run(
        'INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
        counter,
        difference,
      )
    },

    addAuthCall({ launchId, at, method, path, httpStatus, errorCode, durationMs }: AuthCall): void {
      run(
        'INSERT INTO authCall (launchId, at, method, path, httpStatus, errorCode, durationMs) VALUES (?, ?, ?, ?, ?, ?, ?)',
        launchId,
        at,
        method,
        path,
        httpStatus,
        errorCode,
        durationMs,
      )
    },

    /** A snapshot that says what the one before it said is not kept: most answers of a day do. */
    addLimits(limits: Limits): void {
      const { at, ...told } = limits
      const before = get<{ limits: string }>(
        'SELECT limits FROM limitSnapshot WHERE at <= ? ORDER BY at DESC LIMIT 1',
        at,
      )
      const { at: _, ...known } = before ? (JSON.parse(before.limits) as Limits) : limits
      if (before && JSON.stringify(known) === JSON.stringify(told)) return
      run('INSERT OR REPLACE INTO limitSnapshot (at, limits) VALUES (?, ?)', at, JSON.stringify(limits))
    },

    /** Said again, a launch replaces what was kept of it. */
    putLaunch(launch: KeptLaunch): void {
      run(
        'INSERT INTO launch (id, record, startedAt) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
        launch.id,
        JSON.stringify(launch),
        launch.startedAt,
      )
    },

    /**
     * What is known of it is needed no longer, but that it is over; of a private one not even that. The launch can end before it
     * was ever kept, when the database refused then.
     */
    endLaunch(id: string, at: number): void {
      run("DELETE FROM launch WHERE id = ? AND record ->> 'isPrivate'", id)
      run("UPDATE launch SET endedAt = ?, record = '{}' WHERE id = ? AND endedAt IS NULL", at, id)
    },

    liveLaunches(): unknown[] {
      return all<{ record: string }>('SELECT record FROM launch WHERE endedAt IS NULL ORDER BY startedAt').map(
        ({ record }) => JSON.parse(record),
      )
    },

    /** False for a launch that nothing is known of: it may well be running. */
    isLaunchOver(id: string): boolean {
      return get('SELECT 1 FROM launch WHERE id = ? AND endedAt IS NOT NULL', id) !== undefined
    },
  }
}
