import { z } from 'zod'

/** A snapshot of the plan's limits as one answer told them, by headers or by a `codex.rate_limits` event. */
export const limitsSchema = z.object({
  at: z.number(),
  planType: z.string().nullable(),
  windows: z.array(
    z.object({
      /** `primary`, `secondary`, or what the server calls it. */
      name: z.string(),
      usedPercent: z.number(),
      windowMinutes: z.number().nullable(),
      resetsAt: z.number().nullable(),
    }),
  ),
})
export type Limits = z.infer<typeof limitsSchema>
