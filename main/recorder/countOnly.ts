import type { Notification } from '../../contract/api.ts'
import { type Recording, troubleOf } from '../../contract/domain/recording.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { clearWaiting, createIntake } from './intake.ts'
import { type Note, type RecorderMethod, recorderMethods } from './messages.ts'

export interface CountOnlyOptions {
  /** Why nothing can be recorded, for people. */
  trouble: Pick<Recording, 'damage' | 'unwritable'>
  now(): number
  notify(notifications: Notification[]): void
  taken(batch: number): void
  report(error: unknown): void
}

/**
 * Stands in for the recorder where there is no archive to write to: nothing is kept and all is counted, so that traffic flows and
 * the loss is known. The count lasts as long as the thread.
 */
export function createCountOnly({ trouble, now, notify, taken, report }: CountOnlyOptions) {
  const ignore = () => {}
  const intake = createIntake({
    // As in a pause: each exchange is counted when it begins, and none of its bytes are held.
    ledger: {
      read: () => 1,
      write: ignore,
      addAuthCall: ignore,
      putLaunch: ignore,
      addLimits: ignore,
      endLaunch: ignore,
    },
    isHurried: () => false,
    now,
    report,
  })
  const missed: Recording['missed'] = {}
  let total = 0
  let seq = now()

  const recording = (): Recording => ({ isPaused: false, recorded: 0, total, missed: { ...missed }, ...trouble, seq })

  function take(batch: number, entries: (TapEvent | Note)[]): void {
    for (const entry of entries) intake.take(entry)
    const { losses } = intake.waiting
    for (const { reason } of losses) {
      const counted = reason === 'paused' ? 'storage' : reason
      missed[counted] = (missed[counted] ?? 0) + 1
    }
    total += losses.length
    if (losses.length > 0) {
      seq = Math.max(seq + 1, now())
      notify([{ method: 'recording/updated', params: recording() }])
    }
    clearWaiting(intake.waiting)
    taken(batch)
  }

  const refuse = () => {
    throw new ReplyError('unavailable', String(troubleOf(trouble)?.message))
  }
  return {
    recording,
    take,
    handlers: Object.fromEntries(recorderMethods.map((method) => [method, refuse])) as Record<
      RecorderMethod,
      () => never
    >,
  }
}
