import { z } from 'zod'

/** How this copy of Tapedeck stands to a newer one. Nothing is fetched and nothing replaced before the user says so. */
export const updateSchema = z.discriminatedUnion('state', [
  /** This copy does not update itself; the message says how it is done. */
  z.object({ state: z.literal('unsupported'), message: z.string() }),
  z.object({ state: z.literal('notChecked') }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('current'), checkedAt: z.number() }),
  z.object({ state: z.literal('available'), version: z.string() }),
  /** Is not offered again until there is a newer one, or until the user asks for it. */
  z.object({ state: z.literal('declined'), version: z.string() }),
  z.object({ state: z.literal('downloading'), version: z.string(), percent: z.number().min(0).max(100) }),
  /** Waits for `update/install`, which ends Tapedeck and starts the new one. */
  z.object({ state: z.literal('ready'), version: z.string() }),
  z.object({ state: z.literal('failed'), message: z.string() }),
])
export type Update = z.infer<typeof updateSchema>
