import type { Ledger } from './ledger.ts'
import { rederiving } from './rederived.ts'
import type { Statements } from './statements.ts'

/** One exchange on the way through all of them. */
export interface Passed {
  key: number
  id: string
  /** Null for one that was never derived. */
  sessionId: string | null
  /** Whether it is the first of its session, with which the whole session is taken. */
  isFirst: boolean
}

/**
 * How far deriving everything again has come. It goes through the exchanges by their keys and takes each session whole, with its
 * first exchange; what the archive remembers is the last key that it passed, so that a run that was killed costs no more than
 * one session. Until a session is taken, its rows are those of before, and nobody may fold them with what is derived now.
 */
export function createRederivation({ run, get, all }: Statements, ledger: Ledger) {
  /** Taken before it was their turn. After a restart they are pending again, and taking them twice changes nothing. */
  const early = new Set<string>()
  const wanted = new Set<string>()

  const isOn = () => ledger.read('rederiving') !== rederiving.none

  /**
   * Whether words that are taken out of the index are wiped out of its pages at once, which takes nine times as long. While everything
   * is derived again they are not: the raw record has them anyway, and what its user deletes has the index written anew.
   */
  function wipeWords(isWanted: boolean): void {
    // A number of JavaScript would be bound as a float, which is refused.
    run(
      "INSERT INTO documentIndex (documentIndex, rank) VALUES ('secure-delete', CAST(? AS INTEGER))",
      isWanted ? 1 : 0,
    )
  }

  return {
    isOn,

    isAsked: () => ledger.read('rederiving') === rederiving.asked,

    /** From the first exchange on, whatever was going on, in a transaction. What is recorded from now on is derived as it comes, and not gone through. */
    begin(): void {
      early.clear()
      wipeWords(false)
      ledger.write('rederiving', rederiving.begun)
      ledger.write('rederivedTo', 0)
      ledger.write('rederivingTo', get<{ key: number | null }>('SELECT max(key) AS key FROM exchange')?.key ?? 0)
    },

    /** What follows on an exchange. */
    after(key: number, limit: number): Passed[] {
      return all<{ key: number; id: string; sessionId: string | null; isFirst: number }>(
        `SELECT key, id, sessionId, sessionId IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM exchange AS other WHERE other.sessionId = exchange.sessionId AND other.key < exchange.key
         ) AS isFirst FROM exchange WHERE key > ? AND key <= ? ORDER BY key LIMIT ?`,
        Math.max(key, ledger.read('rederivedTo')),
        ledger.read('rederivingTo'),
        limit,
      ).map(({ isFirst, ...row }) => ({ ...row, isFirst: isFirst === 1 }))
    },

    /** In the transaction that writes what this exchange and all before it led to. */
    pass(key: number): void {
      ledger.write('rederivedTo', key)
    },

    isPending(sessionId: string): boolean {
      if (!isOn() || early.has(sessionId)) return false
      const first = get<{ key: number | null }>('SELECT min(key) AS key FROM exchange WHERE sessionId = ?', sessionId)
      if (first?.key === undefined || first.key === null) return false
      if (ledger.read('rederiving') === rederiving.asked) return true
      return first.key > ledger.read('rederivedTo') && first.key <= ledger.read('rederivingTo')
    },

    /** Somebody waits for this session: it is to be taken next. */
    want(sessionId: string): void {
      wanted.add(sessionId)
    },

    /** A session that somebody waits for. It stays wanted until it is taken. */
    nextWanted(): string | null {
      for (const sessionId of wanted) {
        if (this.isPending(sessionId)) return sessionId
        wanted.delete(sessionId)
      }
      return null
    },

    /** After the transaction that did it. */
    took(sessionIds: Iterable<string>): void {
      for (const sessionId of sessionIds) {
        early.add(sessionId)
        wanted.delete(sessionId)
      }
    },

    end(): void {
      early.clear()
      wanted.clear()
      wipeWords(true)
      for (const counter of ['rederiving', 'rederivedTo', 'rederivingTo'] as const) ledger.write(counter, 0)
    },
  }
}
