import type { LossReason } from '../../contract/domain/recording.ts'
import type { RawHead, RawPart } from '../capture/rawExchange.ts'
import { pack, unpack } from './packed.ts'
import { type BodyPart, decodeBlock, encodeBlock, type RawBlock } from './rawBlock.ts'
import type { Statements } from './statements.ts'

/** One row of many gigabytes helps nobody, and SQLite has a limit of its own; beyond this the blocks stay as they came. */
const joinLimitBytes = 32 * 1024 * 1024

/** What the read model needs to know to find an exchange again. */
export interface ExchangePlace {
  sessionId: string
  turnId: string | null
  responseId: string | null
}

export interface UnfinishedExchange {
  id: string
  streamId: string
  startedAt: number
  /** When its last stored part arrived. */
  lastAt: number
}

export function createRawRecordReader(statements: Statements) {
  const { get, all } = statements

  function bodyParts(id: string, key: number): BodyPart[] {
    const blocks = all<RawBlock & Record<string, never>>(
      'SELECT marks, request, response FROM rawBlock WHERE exchangeKey = ? ORDER BY key',
      key,
    )
    return blocks.flatMap((block) => decodeBlock(id, block))
  }

  return {
    /** Every part as it was recorded, cut and timed the same; null when there is no such exchange. */
    read(id: string): RawPart[] | null {
      const row = get<{ key: number; head: unknown }>('SELECT key, head FROM exchange WHERE id = ?', id)
      if (!row) return null
      return [{ type: 'started', exchangeId: id, head: unpack<RawHead>(row.head) }, ...bodyParts(id, row.key)]
    },

    has(id: string): boolean {
      return get('SELECT 1 FROM exchange WHERE id = ?', id) !== undefined
    },

    idByResponse(responseId: string): string | null {
      return get<{ id: string }>('SELECT id FROM exchange WHERE responseId = ? LIMIT 1', responseId)?.id ?? null
    },

    /** Ids of all exchanges of a session in the order in which they started. */
    idsOfSession(sessionId: string): string[] {
      return all<{ id: string }>('SELECT id FROM exchange WHERE sessionId = ? ORDER BY startedAt, key', sessionId).map(
        ({ id }) => id,
      )
    },

    bodyParts,
  }
}

/** The bytes as they came. All else in the archive can be made again from this. */
export function createRawRecord(statements: Statements) {
  const { run, get, all } = statements
  const reader = createRawRecordReader(statements)

  function keyOf(id: string): number | null {
    return get<{ key: number }>('SELECT key FROM exchange WHERE id = ?', id)?.key ?? null
  }

  function insertBlock(key: number, parts: BodyPart[]): number {
    const { marks, request, response } = encodeBlock(parts)
    run(
      'INSERT INTO rawBlock (exchangeKey, marks, request, response) VALUES (?, ?, ?, ?)',
      key,
      marks,
      request,
      response,
    )
    return marks.length + (request?.length ?? 0) + (response?.length ?? 0)
  }

  /** All that came while it streamed becomes one row, which packs several times better. Returns what it takes by now. */
  function joinBlocks(id: string, key: number): number {
    const { count, bytes } = get<{ count: number; bytes: number }>(
      `SELECT count(*) AS count, sum(length(marks) + ifnull(length(request), 0) + ifnull(length(response), 0)) AS bytes
       FROM rawBlock WHERE exchangeKey = ?`,
      key,
    ) ?? { count: 0, bytes: 0 }
    if (count < 2 || bytes > joinLimitBytes) return bytes
    const parts = reader.bodyParts(id, key)
    run('DELETE FROM rawBlock WHERE exchangeKey = ?', key)
    return insertBlock(key, parts)
  }

  return {
    ...reader,

    /**
     * Appends what arrived of one exchange, in order; the first of its parts is `started`. Who is in a hurry has it joined later.
     * False when it was deleted since.
     */
    append(id: string, parts: RawPart[], isHurried = false): boolean {
      let key: number | null = null
      const body: BodyPart[] = []
      for (const part of parts) {
        if (part.type === 'started') {
          const { head } = part
          key = run(
            'INSERT INTO exchange (id, launchId, startedAt, head) VALUES (?, ?, ?, ?)',
            id,
            head.launchId,
            head.startedAt,
            pack(head),
          ).key
        } else body.push(part)
      }
      key ??= keyOf(id)
      if (key === null) return false
      if (body.length > 0) insertBlock(key, body)
      if (body.some((part) => part.type === 'finished')) {
        if (isHurried) run('UPDATE exchange SET isFinished = 1 WHERE key = ?', key)
        else run('UPDATE exchange SET isFinished = 1, storedBytes = ? WHERE key = ?', joinBlocks(id, key), key)
      }
      return true
    },

    /** Of one that was finished in a hurry. */
    join(id: string): void {
      const key = keyOf(id)
      if (key !== null) run('UPDATE exchange SET storedBytes = ? WHERE key = ?', joinBlocks(id, key), key)
    },

    /** Where it belongs, by its own word. Without a turn it is a loose part of its session. What is so already is not written. */
    place(id: string, { sessionId, turnId, responseId }: ExchangePlace): void {
      run(
        `UPDATE exchange SET sessionId = ?1, turnId = ?2, isLoose = ?2 IS NULL, responseId = ?3
         WHERE id = ?4 AND ((sessionId, turnId, responseId) IS NOT (?1, ?2, ?3) OR (?2 IS NULL AND isLoose = 0))`,
        sessionId,
        turnId,
        responseId,
        id,
      )
    },

    /** Null for one that was never derived. */
    placeOf(id: string): ExchangePlace | null {
      const row = get<{ sessionId: string | null; turnId: string | null; responseId: string | null }>(
        'SELECT sessionId, turnId, responseId FROM exchange WHERE id = ?',
        id,
      )
      return row === undefined || row.sessionId === null ? null : { ...row, sessionId: row.sessionId }
    },

    /** What its exchanges take on the disk. */
    bytesOfSession(sessionId: string): number {
      return get<{ bytes: number }>('SELECT bytes FROM sessionSize WHERE sessionId = ?', sessionId)?.bytes ?? 0
    },

    /** Of sessions whose exchanges went to others. */
    dropUnusedSizes(): void {
      run(
        `DELETE FROM sessionSize WHERE bytes <= 0
         AND NOT EXISTS (SELECT 1 FROM exchange WHERE exchange.sessionId = sessionSize.sessionId)`,
      )
    },

    /**
     * Exchanges can name a turn that is none, such as what only warms a connection up. Looked at first: whatever may write
     * several rows makes the index put what it holds into a segment.
     */
    setLoose(turnId: string, isLoose: boolean): void {
      const value = isLoose ? 1 : 0
      if (!get('SELECT 1 FROM exchange WHERE turnId = ? AND isLoose <> ? LIMIT 1', turnId, value)) return
      run('UPDATE exchange SET isLoose = ?1 WHERE turnId = ?2 AND isLoose <> ?1', value, turnId)
    },

    /** Says that what is kept of an exchange is not all of it. False when that was said before, or when nothing of it is kept. */
    markLost(id: string, reason: LossReason): boolean {
      return run('UPDATE exchange SET lostAs = ? WHERE id = ? AND lostAs IS NULL', reason, id).changes > 0
    },

    unfinished(): UnfinishedExchange[] {
      return all<{ key: number; id: string; head: unknown }>(
        'SELECT key, id, head FROM exchange WHERE isFinished = 0 ORDER BY key',
      ).map(({ key, id, head }) => {
        const { streamId, startedAt } = unpack<RawHead>(head)
        return { id, streamId, startedAt, lastAt: reader.bodyParts(id, key).at(-1)?.at ?? startedAt }
      })
    },

    /** Ids of a turn's exchanges in the order in which they started. */
    idsOfTurn(turnId: string): string[] {
      return all<{ id: string }>('SELECT id FROM exchange WHERE turnId = ? ORDER BY startedAt, key', turnId).map(
        ({ id }) => id,
      )
    },

    /** Ids of a session's exchanges that belong to no turn. */
    looseIdsOfSession(sessionId: string): string[] {
      return all<{ id: string }>(
        'SELECT id FROM exchange WHERE sessionId = ? AND isLoose = 1 ORDER BY startedAt, key',
        sessionId,
      ).map(({ id }) => id)
    },

    sessionOf(id: string): string | null {
      return get<{ sessionId: string | null }>('SELECT sessionId FROM exchange WHERE id = ?', id)?.sessionId ?? null
    },

    /** Whether anything of a stream is kept. */
    hasStream(streamId: string): boolean {
      return get("SELECT 1 FROM exchange WHERE id > ?1 || '-' AND id < ?1 || '.' LIMIT 1", streamId) !== undefined
    },
  }
}
