import type { Archive } from '../archive/archive.ts'
import type { Waiting } from './intake.ts'
import type { LostStream } from './messages.ts'

/** What a crash or a power cut left open is to end, as cut; of what the thread before this one held, as lost too. */
export function addLeftovers(
  { raw, readModel, ledger }: Pick<Archive, 'raw' | 'readModel' | 'ledger'>,
  waiting: Waiting,
  lostStreams: LostStream[],
): void {
  const lost = new Set(lostStreams.map(({ streamId }) => streamId))
  for (const { id, streamId } of raw.unfinished()) {
    waiting.givenUp.push(id)
    if (lost.delete(streamId)) waiting.losses.push({ exchangeId: id, reason: 'recorderCrash' })
  }
  for (const { streamId, protocol } of lostStreams) {
    // A socket may have been between two exchanges; when more comes of it, the other side tells.
    const isMissing = lost.has(streamId) && protocol === 'http' && !raw.hasStream(streamId)
    if (isMissing) waiting.losses.push({ exchangeId: null, reason: 'recorderCrash' })
  }
  waiting.endedLaunches.push(
    ...new Set(readModel.liveTurns(null).flatMap(({ launchId }) => (ledger.isLaunchOver(launchId) ? launchId : []))),
  )
}
