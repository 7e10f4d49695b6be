import { z } from 'zod'

/**
 * Why an exchange is not in the archive. Closed: a new way to lose one needs a new word here.
 * `unknownPath` no route for it; `overflow` the recorder fell behind; `undecodable` the WebSocket could not be read;
 * `storage` the disk or the database refused; `recorderCrash` the recording thread died; `paused` the user wanted it so;
 * `private` it belongs to a launch of which the user wanted nothing kept.
 */
export const lossReasonSchema = z.enum([
  'unknownPath',
  'overflow',
  'undecodable',
  'storage',
  'recorderCrash',
  'paused',
  'private',
])
export type LossReason = z.infer<typeof lossReasonSchema>

/** Not kept because the user wanted it so: nothing is wrong. */
function isWanted(reason: LossReason): boolean {
  return reason === 'paused' || reason === 'private'
}

export const recordingSchema = z.object({
  /** Exchanges that begin now are forwarded and counted, and nothing of them is kept. */
  isPaused: z.boolean(),
  recorded: z.number(),
  total: z.number(),
  missed: z.partialRecord(lossReasonSchema, z.number()),
  /**
   * What is shown of older exchanges is being derived again from their bytes: how much of it is, from 0 to 1. Meanwhile each session
   * is shown as it was, or as it is now. Absent when there is nothing to derive again.
   */
  rederived: z.number().optional(),
  /**
   * Of those recorded, the ones whose bytes are stored and of which nothing is shown yet, or not the end: so many came at once that they
   * are read one after the other. Absent when there is none.
   */
  underived: z.number().optional(),
  /**
   * The archive is damaged: what that means and what to do, for people. What is forwarded meanwhile may not be recorded. Absent
   * while nothing of it was found.
   */
  damage: z.string().optional(),
  /**
   * The disk or the system let nothing be written when the recorder began: why, and what to do, for people. All that is forwarded is counted
   * and nothing of it recorded. Absent when it could be written.
   */
  unwritable: z.string().optional(),
  seq: z.number(),
})
export type Recording = z.infer<typeof recordingSchema>

/** What is not in the archive: how many exchanges were to be kept and are lost, and how many passed because their user wanted it so. */
export function countMissed(missed: Recording['missed']): { lost: number; passed: number } {
  const counts = { lost: 0, passed: 0 }
  for (const reason of lossReasonSchema.options) counts[isWanted(reason) ? 'passed' : 'lost'] += missed[reason] ?? 0
  return counts
}

/** Why what is forwarded may not be recorded: in a few words, and with what to do. Null when nothing stands in the way. */
export function troubleOf({
  damage,
  unwritable,
}: Pick<Recording, 'damage' | 'unwritable'>): { title: string; message: string } | null {
  if (damage !== undefined) return { title: 'The archive is damaged', message: damage }
  if (unwritable !== undefined) return { title: 'Nothing can be written', message: unwritable }
  return null
}
