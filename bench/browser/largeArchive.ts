import { openArchive } from '../../main/archive/archive.ts'
import { sessionIdOf } from '../archive/conversation.ts'
import { fillSession } from '../archive/fill.ts'

/** The newest session is one long conversation; all others have the usual length. */
const longTurnCount = 500

export const longSessionIdOf = (sessions: number) => sessionIdOf(sessions)

/**
 * Writes what the archive in `dataDir` lacks of `sessions` sessions and the long one. It may be stopped at any moment and goes on
 * the next time.
 */
export function fillUpTo(dataDir: string, sessions: number, say: (line: string) => void): void {
  const archive = openArchive(dataDir)
  try {
    for (let n = archive.ledger.read('sessions'); n <= sessions; n++) {
      fillSession(archive, n, n === sessions ? longTurnCount : undefined)
      if (n % 500 === 499) say(`${n + 1} of ${sessions} sessions written`)
    }
    // What a host does after its start, so that none of it is measured.
    while (archive.transaction(() => archive.documentRuns.gatherSome()) === 'more');
  } finally {
    archive.close()
  }
}
