import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import { ReplyError } from '../../contract/reply.ts'
import { openForReading } from './database.ts'
import { createLedgerReader } from './ledger.ts'
import { createRawRecordReader } from './rawRecord.ts'
import { createReadModelReader } from './readModel.ts'
import { createSearch } from './searchIndex.ts'
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

    listSessions: ({ limit, cursor }: ParsedParams<'session/list'>): Result<'session/list'> =>
      atOnce(() => ({
        ...readModel.sessions(limit, cursor ?? null),
        total: ledger.read('sessions'),
        seq: ledger.read('seq'),
      })),

    readSession: ({ id }: ParsedParams<'session/read'>): Result<'session/read'> =>
      atOnce(() => {
        const session = readModel.session(id)
        if (!session) throw new ReplyError('notFound', `There is no session ${id}.`)
        return { session, turns: readModel.turnsOfSession(id), seq: ledger.read('seq') }
      }),

    readTurn: ({ id }: ParsedParams<'turn/read'>): Result<'turn/read'> =>
      atOnce(() => {
        const turn = readModel.turn(id)
        if (!turn) throw new ReplyError('notFound', `There is no turn ${id}.`)
        return { turn }
      }),

    search: ({ query, limit }: ParsedParams<'search/query'>): Result<'search/query'> =>
      atOnce(() => search.query(query, limit)),

    limits: ({ since }: ParsedParams<'account/limits'>): Result<'account/limits'> => ({
      history: ledger.limits(since),
    }),

    close(): void {
      database.close()
    },
  }
}
