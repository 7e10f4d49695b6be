import { z } from 'zod'

/** One check of what a recording needs. `warn` is worth knowing and stops nothing; with a `fail` there is no recording. */
export const findingSchema = z.object({
  check: z.string(),
  verdict: z.enum(['ok', 'warn', 'fail']),
  message: z.string(),
})
export type Finding = z.infer<typeof findingSchema>
