import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'

/** While somebody reads, the write-ahead log cannot be emptied. */
export const logTries = 40
export const logPauseMs = 50

/** Between two pieces of a long work: what came meanwhile is stored, and the write-ahead log stays small. Throws when the archive is closed. */
export async function breathe(archive: Archive, isClosed: () => boolean): Promise<void> {
  await nextTurn()
  for (let tries = 0; tries < logTries && !isClosed() && !archive.trimLog(); tries++) await pause(logPauseMs)
  if (isClosed()) throw new ReplyError('unavailable', 'Tapedeck ends. The rest of it is done at the next start.')
}
