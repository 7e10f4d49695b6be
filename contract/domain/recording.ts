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
export function isWanted(reason: LossReason): boolean {
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
  seq: z.number(),
})
export type Recording = z.infer<typeof recordingSchema>
