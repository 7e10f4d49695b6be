import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Archive } from '../archive/archive.ts'
import type { ArchiveRecorder } from './recorder.ts'

/** Of one step: few enough that what streams meanwhile is stored in time. */
const sessionsAStep = 20

/** What sessions cost depends on prices, which others change. */
export async function reprice({ readModel }: Archive, { write, derivation }: ArchiveRecorder): Promise<void> {
  const rest = readModel.sessionIds()
  while (rest.length > 0) {
    const step = rest.splice(0, sessionsAStep)
    write(() => {
      for (const id of step) derivation.attempt(() => derivation.refoldSession(id))
    })
    await nextTurn()
  }
}
