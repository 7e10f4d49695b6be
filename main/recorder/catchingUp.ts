import { ReplyError } from '../../contract/reply.ts'
import type { createBacklog } from './backlog.ts'
import type { DeferredDerivation } from './deferredDerivation.ts'

export interface CatchingUpOptions {
  deferred: DeferredDerivation
  backlog: ReturnType<typeof createBacklog>
  /** Stores all that waits. False when the database refused. */
  flush(): boolean
}

/** For what looks at the rows next, and has to find in them what came before. */
export function createCatchingUp({ deferred, backlog, flush }: CatchingUpOptions) {
  /** Stores all that came, and derives what is not a lot of it. False when the database refused. */
  function settle(): boolean {
    deferred.hurry()
    return flush()
  }

  function settleOrRefuse(): void {
    if (!settle()) refuse()
  }

  return {
    settle,
    settleOrRefuse,

    /**
     * Derives all that was stored before this was called, for what has to know of all of it. Rests between two pieces. Throws when the
     * database refuses.
     */
    async catchUp(rest: () => Promise<void>): Promise<void> {
      settleOrRefuse()
      for (let left = deferred.size(); left > 0 && deferred.isBehind(); left--) {
        await rest()
        settleOrRefuse()
      }
      for (const upTo = backlog.lastKey(); backlog.hasUpTo(upTo); await rest()) if (!backlog.deriveSome()) refuse()
    },
  }
}

function refuse(): never {
  throw new ReplyError(
    'unavailable',
    'The archive cannot be written to just now. Is the disk full, or the data folder not yours to write? `tapedeck doctor` tells.',
  )
}
