import type { Archive } from '../../main/archive/archive.ts'
import { generateSession } from './conversation.ts'
import { deriveSession, deriveTurn } from './derived.ts'

/** Writes the `n`-th session as the recorder would have, but in one transaction and each turn once. */
export function fillSession({ transaction, raw, readModel, ledger }: Archive, n: number): void {
  transaction(() => {
    const generated = generateSession(n)
    const turns = generated.map((turn) => {
      for (const { id, responseId, parts } of turn.exchanges) {
        raw.append(id, parts)
        raw.place(id, { sessionId: turn.sessionId, turnId: turn.id, responseId })
      }
      const derived = deriveTurn(turn, n)
      readModel.putTurn(derived)
      for (const exchange of derived.turn.exchanges) readModel.putUsage(exchange)
      ledger.add('recorded', turn.exchanges.length)
      ledger.add('total', turn.exchanges.length)
      return derived.turn
    })
    readModel.putSession(deriveSession(turns, n))
    ledger.write('seq', n)
  })
}
