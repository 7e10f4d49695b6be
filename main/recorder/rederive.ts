import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Result } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { ArchiveRecorder } from './recorder.ts'

/** Of one step: few enough that what streams meanwhile is stored in time. */
const itemsAStep = 20

/**
 * Builds every derived row again, in steps between which recording goes on. A run that was broken off is begun again at
 * the next start.
 */
export async function rederive(archive: Archive, recorder: ArchiveRecorder): Promise<Result<'archive/rederive'>> {
  const { raw, readModel, ledger } = archive
  const { derivation, write } = recorder
  write(() => {
    ledger.write('rederiving', 1)
    readModel.clear()
    derivation.forget()
  })
  const turnIds = new Set<string>()
  const sessionIds = new Set<string>()
  let exchanges = 0
  let after: { startedAt: number; key: number } | null = null
  for (;;) {
    const page: { id: string; startedAt: number; key: number }[] = raw.page(after, itemsAStep)
    if (page.length === 0) break
    write(() => {
      for (const { id } of page) {
        derivation.attempt(() => {
          const reduced = derivation.load(id)
          if (!reduced) return
          const { sessionId, turnId } = derivation.replace(reduced)
          sessionIds.add(sessionId)
          if (turnId !== null) turnIds.add(turnId)
          exchanges += 1
        })
      }
    })
    after = page.at(-1) ?? null
    await nextTurn()
  }
  const turns = await inSteps(turnIds, recorder, derivation.refoldTurn)
  // Whether a turn is over can depend on the ones after it, which are there only now.
  const live = readModel.liveTurns(null).map(({ id }) => id)
  await inSteps(live, recorder, derivation.refoldTurn)
  const sessions = await inSteps(sessionIds, recorder, derivation.refoldSession)
  write(() => ledger.write('rederiving', 0))
  return { exchanges, turns, sessions }
}

/** What sessions cost depends on prices, which others change. */
export async function reprice({ readModel }: Archive, recorder: ArchiveRecorder): Promise<void> {
  await inSteps(readModel.sessionIds(), recorder, recorder.derivation.refoldSession)
}

/** How many of them there is something to show of. */
async function inSteps(
  ids: Iterable<string>,
  { write, derivation }: ArchiveRecorder,
  fold: (id: string) => unknown,
): Promise<number> {
  const rest = [...ids]
  let count = 0
  while (rest.length > 0) {
    const step = rest.splice(0, itemsAStep)
    write(() => {
      for (const id of step) {
        derivation.attempt(() => {
          if (fold(id) !== null) count += 1
        })
      }
    })
    await nextTurn()
  }
  return count
}
