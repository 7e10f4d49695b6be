import { z } from 'zod'

/**
 * Why an exchange is not in the archive. Closed: a new way to lose one needs a new word here.
 * `unknownPath` no route for it; `overflow` the recorder fell behind; `undecodable` the WebSocket could not be read;
 * `storage` the disk or the database refused; `recorderCrash` the recording thread died; `paused` the user wanted it so.
 */
export const lossReasonSchema = z.enum(['unknownPath', 'overflow', 'undecodable', 'storage', 'recorderCrash', 'paused'])
export type LossReason = z.infer<typeof lossReasonSchema>

export const recordingSchema = z.object({
  /** Exchanges that begin now are forwarded and counted, and nothing of them is kept. */
  isPaused: z.boolean(),
  recorded: z.number(),
  total: z.number(),
  missed: z.partialRecord(lossReasonSchema, z.number()),
  seq: z.number(),
})
export type Recording = z.infer<typeof recordingSchema>
