import type { Notification } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'
import { notKept } from '../archive/notKept.ts'
import type { SessionMarks } from '../capture/foldSession.ts'
import type { HandlersOf } from '../handlers.ts'
import { breathe } from './breathe.ts'
import type { RecorderMethod } from './messages.ts'
import type { PriceBook } from './priceBook.ts'
import type { ArchiveRecorder } from './recorder.ts'
import { createRederiver } from './rederive.ts'
import { createRemoval } from './removal.ts'
import type { wholeUpTo } from './replaceGroup.ts'
import { reprice } from './reprice.ts'

const dayMs = 86_400_000

/** As long as the page offers to undo a deletion. */
export const defaultUndoMs = 10_000

export interface RecorderMethodsOptions {
  archive: Archive
  recorder: ArchiveRecorder
  now(): number
  /** How long a deletion can be taken back; 0 deletes for good at once. */
  undoMs: number
  notify(notifications: Notification[]): void
  report(error: unknown): void
  prices?: Pick<PriceBook, 'fingerprint' | 'watch'>
  /** Up to which size a session is derived again as a whole; the usual one unless told otherwise. */
  wholeUpTo?: typeof wholeUpTo | undefined
}

/** The methods that write. Long ones work in steps, between which recording goes on. */
export function createRecorderMethods(options: RecorderMethodsOptions) {
  const { archive, recorder, now, undoMs, notify, report, prices } = options
  const { trash, keptFacts, rederivation } = archive
  let daily: NodeJS.Timeout | null = null
  let unwatchPrices = () => {}
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** One after the other: none may find what another has half done. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  const removal = createRemoval({ archive, recorder, now, undoMs, inTurn, notify, report })
  const rederiver = createRederiver({ archive, recorder, inTurn, wholeUpTo: options.wholeUpTo })

  /** In turn; what changed is told when it is written. */
  function changeSession(id: string, change: () => void): Promise<{ session: Session }> {
    return inTurn(async () => {
      recorder.settleOrRefuse()
      await rederiver.takeNow(id)
      const session = recorder.write(() => {
        change()
        const refolded = recorder.derivation.refoldSession(id)
        if (!refolded) throw notKept('session', id)
        return refolded
      })
      notify([{ method: 'session/updated', params: { session, seq: session.seq } }])
      return { session }
    })
  }

  function markSession(id: string, marks: Partial<SessionMarks>): Promise<{ session: Session }> {
    return changeSession(id, () => keptFacts.putMarks(id, { ...keptFacts.marks(id), ...marks }))
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

  async function resume(): Promise<void> {
    await inTurn(removal.finishLeftovers).catch(reportUnlessClosed)
    await inTurn(async () => {
      while (recorder.write(() => archive.documentRuns.gatherSome()) === 'more') await breathe(archive, () => isClosed)
    }).catch(reportUnlessClosed)
    await followPrices()
    await inTurn(async () => {
      if (isClosed) return
      if ((await removal.applyRetention()) === 0) await removal.scrub()
    })
  }

  /** A session that is still of before may not be folded until it is derived again. */
  async function followPrices(): Promise<void> {
    while (rederivation.isOn() && !isClosed) await rederiver.finish().catch(reportUnlessClosed)
    await inTurn(async () => {
      if (!prices || isClosed) return
      const hasPriced = await reprice({ archive, recorder, prices, isClosed: () => isClosed })
      if (hasPriced) notify([{ method: 'price/updated', params: { seq: recorder.nextSeq() } }])
    }).catch(reportUnlessClosed)
  }

  function reportUnlessClosed(error: unknown): void {
    if (!isClosed) report(error)
  }

  const handlers: HandlersOf<RecorderMethod> = {
    'session/rename': ({ id, title }) => changeSession(id, () => keptFacts.rename(id, title?.trim() || null)),
    'session/star': ({ id, isStarred }) => markSession(id, { isStarred }),
    'session/tag': ({ id, tags }) => markSession(id, { tags }),
    'session/note': ({ id, note }) => markSession(id, { note: note.trim() }),
    'session/delete': ({ id, batch = id }) => inTurn(() => removal.deleteSession(id, batch)),
    'session/undelete': ({ id }) =>
      changeSession(id, () => {
        if (!trash.takeOut(id)) throw new ReplyError('notFound', 'It is deleted for good: there was no undo in time.')
      }),

    'retention/set': ({ retention }) =>
      inTurn(async () => {
        recorder.settleOrRefuse()
        recorder.write(() => archive.settings.setRetention(retention))
        return { deleted: await removal.applyRetention() }
      }),

    'recording/pause': () => setPaused(true),
    'recording/resume': () => setPaused(false),

    'archive/rederive': async () => {
      await inTurn(() => {
        recorder.settleOrRefuse()
        rederiver.begin()
      })
      const counts = await rederiver.finish()
      await inTurn(removal.applyRetention)
      return counts
    },
  }

  return {
    handlers,
    /** What the last run began and did not end, and what is to be done every day. */
    resume(): Promise<void> {
      daily = setInterval(() => inTurn(removal.applyRetention).catch(report), dayMs)
      daily.unref()
      unwatchPrices = prices?.watch(() => void followPrices()) ?? unwatchPrices
      return resume()
    },

    close(): void {
      isClosed = true
      rederiver.close()
      removal.close()
      if (daily) clearInterval(daily)
      unwatchPrices()
    },
  }
}
