import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { PriceTable } from '../../contract/domain/price.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Retention, SessionSort } from '../../contract/domain/sessionQuery.ts'
import type { SessionUsage } from '../../contract/domain/usageReport.ts'
import { ReplyError } from '../../contract/reply.ts'
import { measure, openForReading } from './database.ts'
import { createIdParts } from './idParts.ts'
import { createLedgerReader } from './ledger.ts'
import { isTimeZone } from './localDays.ts'
import { notKept } from './notKept.ts'
import { readPart } from './partOfSession.ts'
import { createRawRecordReader } from './rawRecord.ts'
import { createReadModelReader } from './readModel.ts'
import { createSearch } from './search.ts'
import { createSessionQueries } from './sessionQueries.ts'
import { createSettingsReader } from './settings.ts'
import { createStatements } from './statements.ts'
import { createTrashReader } from './trash.ts'
import { createSessionUsageReader } from './usageOfSessions.ts'
import { createUsageReader } from './usageSlots.ts'

const dayMs = 86_400_000

export type ArchiveReader = ReturnType<typeof openArchiveReader>

/**
 * A connection that only reads, beside the one that writes. Throws a sentence for people when there is no archive yet.
 * Each answer is of one moment, and its `seq` is of the same. `homes` are what `~` means in a query.
 */
export function openArchiveReader(dataDir: string, homes: readonly string[] = []) {
  const database = openForReading(dataDir)
  const statements = createStatements(database)
  const ledger = createLedgerReader(statements)
  const readModel = createReadModelReader(statements)
  const sessions = createSessionQueries(statements, homes)
  const search = createSearch(statements, sessions, homes)
  const findId = createIdParts(statements)
  const trash = createTrashReader(statements)
  const settings = createSettingsReader(statements)
  const usage = createUsageReader(statements)
  const sessionUsage = createSessionUsageReader(statements)

  function atOnce<T>(read: () => T): T {
    database.exec('BEGIN')
    try {
      return read()
    } finally {
      database.exec('COMMIT')
    }
  }

  /** What has no price comes after what has one, by its tokens. */
  function costliest(limit: number): Session[] {
    const where = sessions.narrow('', Date.now())
    const first = (sort: SessionSort) => sessions.page({ limit, cursor: null, where, sort }).sessions
    const priced = first('cost').filter(({ apiEquivalentUsd }) => apiEquivalentUsd !== null)
    if (priced.length === limit) return priced
    const unpriced = first('tokens').filter(({ apiEquivalentUsd }) => apiEquivalentUsd === null)
    return [...priced, ...unpriced].slice(0, limit)
  }

  return {
    raw: createRawRecordReader(statements),

    recording: (): Recording => atOnce(ledger.recording),

    /** Rises with each change that is told. */
    seq: (): number => ledger.read('seq'),

    listSessions: ({
      limit,
      cursor,
      query = '',
      sort = 'updated',
      isQuick = false,
    }: ParsedParams<'session/list'>): Result<'session/list'> =>
      atOnce(() => {
        const where = sessions.narrow(query, Date.now(), isQuick)
        return {
          ...sessions.page({ limit, cursor: cursor ?? null, where, sort }),
          total: query.trim() === '' ? ledger.read('sessions') : sessions.count(where),
          ...(where.isPartial ? { isPartial: true } : {}),
          seq: ledger.read('seq'),
        }
      }),

    /** What can still be brought back. */
    deleted: (now: number): Result<'session/listDeleted'> =>
      atOnce(() => ({
        sessions: trash.sessions().filter(({ undoUntil }) => undoUntil > now),
        seq: ledger.read('seq'),
      })),

    findId: (params: ParsedParams<'id/find'>): Result<'id/find'> => atOnce(() => findId(params)),

    projects: (): Result<'project/list'> => ({ projects: sessions.projects() }),

    size: (): Result<'archive/size'> =>
      atOnce(() => ({
        ...measure(database),
        projects: sessions.projects().sort((a, b) => b.bytes - a.bytes),
      })),

    /** By the size of the records alone: what is derived from them goes with them, and is not counted. */
    previewRetention: ({ maxAgeDays, maxBytes }: Retention, now: number): Result<'retention/preview'> =>
      atOnce(() => {
        const keptSince = maxAgeDays === null ? null : now - maxAgeDays * dayMs
        let excess = maxBytes === null ? 0 : measure(database).usedBytes - maxBytes
        let count = 0
        let bytes = 0
        for (const oldest of sessions.deletable()) {
          const isTooOld = keptSince !== null && oldest.updatedAt < keptSince
          if (!isTooOld && excess <= 0) break
          count += 1
          bytes += oldest.bytes
          excess -= oldest.bytes
        }
        return { sessions: count, bytes }
      }),

    retention: (): Result<'retention/read'> => ({ retention: settings.retention() }),

    readSession: ({ id, near }: { id: string; near?: string | null }): Result<'session/read'> =>
      atOnce(() => {
        const session = readModel.session(id)
        if (!session) throw notKept('session', id)
        const part =
          near === undefined ? { turns: readModel.turnsOfSession(id), outline: [] } : readPart(readModel, session, near)
        return { session, ...part, seq: ledger.read('seq') }
      }),

    readTurns: ({ id, turnIds }: ParsedParams<'session/readTurns'>): Result<'session/readTurns'> =>
      atOnce(() => ({ turns: readModel.turnsOfSessionAmong(id, turnIds), seq: ledger.read('seq') })),

    session({ id }: { id: string }): Session {
      const session = readModel.session(id)
      if (!session) throw notKept('session', id)
      return session
    },

    turnIds: readModel.turnIds,

    readTurn: ({ id }: ParsedParams<'turn/read'>): Result<'turn/read'> =>
      atOnce(() => {
        const turn = readModel.turn(id)
        if (!turn) throw notKept('turn', id)
        return { turn }
      }),

    /**
     * The request of the same thread that went out right before this one, whose context it most likely repeats. Null for what is
     * no part of a conversation, and for its first request.
     */
    exchangeBefore: (exchange: Pick<Exchange, 'id' | 'turnId' | 'threadId' | 'sessionId'>): string | null =>
      atOnce(() => {
        const turn = exchange.turnId === null ? null : readModel.turn(exchange.turnId)
        const place = turn?.exchanges.findIndex(({ id }) => id === exchange.id) ?? -1
        if (!turn || place < 0 || !isAsked(turn.exchanges[place] as Exchange)) return null
        const inTurn = turn.exchanges.slice(0, place).findLast(isAsked)
        if (inTurn) return inTurn.id
        const before = readModel.turnBefore(turn)
        return before?.exchanges.findLast(isAsked)?.id ?? null
      }),

    /** What its turns were answered by, each once, in order. */
    modelsOf: (sessionId: string): string[] =>
      atOnce(() => [...new Set(readModel.summariesOfSession(sessionId).flatMap(({ model }) => model ?? []))]),

    search: (params: ParsedParams<'search/query'>): Result<'search/query'> =>
      atOnce(() => search.query(params, Date.now())),

    searchValues: (): Result<'search/values'> => atOnce(search.values),

    usage: ({
      since,
      until = Number.MAX_SAFE_INTEGER,
      timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
    }: ParsedParams<'usage/read'>): Result<'usage/read'> => {
      if (!isTimeZone(timeZone))
        throw new ReplyError('badRequest', `There is no time zone ${timeZone}. Give a name such as Europe/Berlin.`)
      return atOnce(() => ({ rows: usage.rows(since, until, timeZone), timeZone, seq: ledger.read('seq') }))
    },

    /** Of all the time, and of everything, the sums stand beside the sessions: no exchange is read. */
    usageOfSessions: (
      { since, until = Number.MAX_SAFE_INTEGER, models, projects, limit }: ParsedParams<'usage/sessions'>,
      prices: PriceTable,
    ): Result<'usage/sessions'> =>
      atOnce(() => {
        const seq = ledger.read('seq')
        const isOfAll = since <= 0 && until >= Number.MAX_SAFE_INTEGER && models.length + projects.length === 0
        if (isOfAll) {
          return {
            sessions: costliest(limit).map((session) => wholeUsage(session, sessionUsage.countRequests(session.id))),
            total: ledger.read('sessions'),
            seq,
          }
        }
        const { ranked, total } = sessionUsage.rank({ since, until, models, projects, limit }, prices)
        const found = ranked.flatMap(({ sessionId, ...used }) => {
          const session = readModel.session(sessionId)
          return session ? [{ session, ...used }] : []
        })
        return { sessions: found, total, seq }
      }),

    limits: ({ since }: ParsedParams<'account/limits'>): Result<'account/limits'> => ({
      history: ledger.limits(since),
    }),

    close(): void {
      database.close()
    },
  }
}

/** Whether it asked the model with the conversation as its context. */
function isAsked({ kind }: Exchange): boolean {
  return kind === 'turn' || kind === 'compaction'
}

function wholeUsage(session: Session, requestCount: number): SessionUsage {
  return {
    session,
    requestCount,
    usage: session.usage,
    usd: session.apiEquivalentUsd,
    isPaid: session.accountMode === 'apiKey',
  }
}
