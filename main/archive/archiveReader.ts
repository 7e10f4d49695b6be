import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import type { Session } from '../../contract/domain/session.ts'
import { ReplyError } from '../../contract/reply.ts'
import { measure, openForReading } from './database.ts'
import { createLedgerReader } from './ledger.ts'
import { createRawRecordReader } from './rawRecord.ts'
import { createReadModelReader } from './readModel.ts'
import { createSearch } from './searchIndex.ts'
import { createSessionQueries } from './sessionQueries.ts'
import { createSettingsReader } from './settings.ts'
import { createStatements } from './statements.ts'

export type ArchiveReader = ReturnType<typeof openArchiveReader>

/**
 * A connection that only reads, beside the one that writes. Throws a sentence for people when there is no archive yet.
 * Each answer is of one moment, and its `seq` is of the same.
 */
export function openArchiveReader(dataDir: string) {
  const database = openForReading(dataDir)
  const statements = createStatements(database)
  const ledger = createLedgerReader(statements)
  const readModel = createReadModelReader(statements)
  const search = createSearch(statements)
  const sessions = createSessionQueries(statements)
  const settings = createSettingsReader(statements)

  function atOnce<T>(read: () => T): T {
    database.exec('BEGIN')
    try {
      return read()
    } finally {
      database.exec('COMMIT')
    }
  }

  return {
    raw: createRawRecordReader(statements),

    recording: (): Recording => atOnce(ledger.recording),

    listSessions: ({
      limit,
      cursor,
      filter = {},
      sort = 'updated',
    }: ParsedParams<'session/list'>): Result<'session/list'> =>
      atOnce(() => {
        const where = sessions.narrow(filter)
        return {
          ...sessions.page({ limit, cursor: cursor ?? null, where, sort }),
          total: Object.keys(filter).length === 0 ? ledger.read('sessions') : sessions.count(where),
          seq: ledger.read('seq'),
        }
      }),

    projects: (): Result<'project/list'> => ({ projects: sessions.projects() }),

    size: (): Result<'archive/size'> =>
      atOnce(() => ({
        ...measure(database),
        projects: sessions.projects().sort((a, b) => b.bytes - a.bytes),
      })),

    retention: (): Result<'retention/read'> => ({ retention: settings.retention() }),

    readSession: ({ id }: ParsedParams<'session/read'>): Result<'session/read'> =>
      atOnce(() => {
        const session = readModel.session(id)
        if (!session) throw new ReplyError('notFound', `There is no session ${id}.`)
        return { session, turns: readModel.turnsOfSession(id), seq: ledger.read('seq') }
      }),

    session({ id }: { id: string }): Session {
      const session = readModel.session(id)
      if (!session) throw new ReplyError('notFound', `There is no session ${id}.`)
      return session
    },

    turnIds: readModel.turnIds,

    readTurn: ({ id }: ParsedParams<'turn/read'>): Result<'turn/read'> =>
      atOnce(() => {
        const turn = readModel.turn(id)
        if (!turn) throw new ReplyError('notFound', `There is no turn ${id}.`)
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

    search: ({ query, limit }: ParsedParams<'search/query'>): Result<'search/query'> =>
      atOnce(() => search.query(query, limit, Date.now())),

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
