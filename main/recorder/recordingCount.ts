import type { Notification } from '../../contract/api.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import type { Archive } from '../archive/archive.ts'
import type { Loss, Waiting } from './intake.ts'

export interface RecordingCountOptions {
  archive: Pick<Archive, 'raw' | 'ledger' | 'damageIn'>
  waiting: Pick<Waiting, 'losses'>
  isPaused(): boolean
}

/** How many exchanges there were, and how many of them are recorded: each is, or is counted under one reason why not. */
export function createRecordingCount({ archive, waiting, isPaused }: RecordingCountOptions) {
  const { raw, ledger } = archive
  /** Why the archive cannot be trusted any more; null while nothing is known. */
  let damage: string | null = null
  let lastTold = ''
  let lastStored: Recording = { isPaused: false, recorded: 0, total: 0, missed: {}, seq: 0 }

  /** With what is lost and could not be written down yet. */
  function value(): Recording {
    const stored = readStored()
    const missed = { ...stored.missed }
    for (const { reason } of waiting.losses) missed[reason] = (missed[reason] ?? 0) + 1
    const begun = waiting.losses.filter(({ exchangeId }) => exchangeId !== null && isKept(exchangeId)).length
    return {
      ...stored,
      isPaused: isPaused(),
      recorded: stored.recorded - begun,
      total: stored.total + waiting.losses.length - begun,
      missed,
      ...(damage !== null && { damage }),
    }
  }

  /** Of a damaged archive the last that could be read: a count that fails must not end the recording. */
  function readStored(): Recording {
    try {
      lastStored = ledger.recording()
    } catch (error) {
      if (archive.damageIn(error) === null) throw error
    }
    return lastStored
  }

  function isKept(exchangeId: string): boolean {
    try {
      return raw.has(exchangeId)
    } catch (error) {
      if (archive.damageIn(error) === null) throw error
      return false
    }
  }

  return {
    value,

    addRecorded(): void {
      ledger.add('recorded', 1)
      ledger.add('total', 1)
    },

    addLost({ exchangeId, reason }: Loss): void {
      if (exchangeId !== null && raw.has(exchangeId)) {
        if (!raw.markLost(exchangeId, reason)) return
        ledger.add('recorded', -1)
      } else ledger.add('total', 1)
      ledger.add(`missed:${reason}`, 1)
    },

    /** Known until the end: what was read well before says nothing of the rest of the file. False for what is no news. */
    noteDamage(error: unknown): boolean {
      if (damage !== null) return false
      damage = archive.damageIn(error)
      return damage !== null
    },

    /** Nothing when it is as it was told last. */
    whenChanged(seq: number): Notification[] {
      const { seq: _seq, ...counts } = value()
      const told = JSON.stringify(counts)
      if (told === lastTold) return []
      lastTold = told
      return [{ method: 'recording/updated', params: { ...counts, seq } }]
    },
  }
}
