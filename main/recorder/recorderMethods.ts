import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Notification } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'
import type { HandlersOf, RecorderMethod } from './messages.ts'
import type { PriceBook } from './priceBook.ts'
import type { ArchiveRecorder } from './recorder.ts'
import { rederive, reprice } from './rederive.ts'

/** While somebody reads, the write-ahead log cannot be emptied. */
const scrubTries = 40
const scrubPauseMs = 50

export interface RecorderMethodsOptions {
  archive: Archive
  recorder: ArchiveRecorder
  notify(notifications: Notification[]): void
  prices?: Pick<PriceBook, 'fingerprint'>
}

/** The methods that write. Long ones work in steps, between which recording goes on. */
export function createRecorderMethods({ archive, recorder, notify, prices }: RecorderMethodsOptions) {
  const { deletion, readModel, ledger } = archive
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: none may find what another has half done. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  async function scrub(): Promise<void> {
    while (recorder.write(deletion.scrubSome) === 'more') await nextTurn()
    for (let tries = 0; tries < scrubTries && !archive.scrub(); tries++) await pause(scrubPauseMs)
  }

  async function deleteSession(id: string): Promise<void> {
    // Even when nothing can be stored now: the deletion may be what makes room.
    recorder.settle()
    if (!deletion.hasSession(id)) throw new ReplyError('notFound', `There is no session ${id}.`)
    while (recorder.write(() => deletion.deleteSome(id)) === 'more') await nextTurn()
    recorder.derivation.forget()
    const seq = recorder.write(recorder.nextSeq)
    notify([
      { method: 'session/deleted', params: { id, seq } },
      { method: 'recording/updated', params: recorder.recording() },
    ])
    await scrub()
  }

  function renameSession(id: string, title: string | null): Session {
    settleOrRefuse()
    const session = recorder.write(() => {
      readModel.rename(id, title)
      const refolded = recorder.derivation.refoldSession(id)
      if (!refolded) throw new ReplyError('notFound', `There is no session ${id}.`)
      return refolded
    })
    notify([{ method: 'session/updated', params: { session, seq: session.seq } }])
    return session
  }

  /** Not in turn with the others: whoever pauses means now. What cannot be written down holds until this run ends. */
  function setPaused(isPaused: boolean): Record<string, never> {
    recorder.setPaused(isPaused)
    if (!recorder.settle()) {
      const recording = { ...recorder.recording(), seq: recorder.nextSeq() }
      notify([{ method: 'recording/updated', params: recording }])
    }
    return {}
  }

  function settleOrRefuse(): void {
    if (recorder.settle()) return
    throw new ReplyError('unavailable', 'The archive cannot be written to just now. Is the disk full?')
  }

  const handlers: HandlersOf<RecorderMethod> = {
    'session/rename': ({ id, title }) => inTurn(() => ({ session: renameSession(id, title?.trim() || null) })),

    'session/delete': ({ id }) =>
      inTurn(async () => {
        await deleteSession(id)
        return {}
      }),

    'recording/pause': () => setPaused(true),
    'recording/resume': () => setPaused(false),

    'archive/rederive': () =>
      inTurn(() => {
        settleOrRefuse()
        return rederive(archive, recorder)
      }),
  }

  return {
    handlers,
    /** What the last run began and did not end. */
    resume(): Promise<void> {
      return inTurn(async () => {
        if (ledger.read('rederiving') === 1) await rederive(archive, recorder)
        else if (prices && ledger.read('prices') !== prices.fingerprint()) await reprice(archive, recorder)
        if (prices) recorder.write(() => ledger.write('prices', prices.fingerprint()))
        // Always: a run that was killed may have left deleted text in the write-ahead log.
        await scrub()
      })
    },
  }
}
