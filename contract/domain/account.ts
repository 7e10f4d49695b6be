import { z } from 'zod'

/** Which credential an exchange carried. The credential itself never enters a schema. */
export const accountModeSchema = z.enum(['chatgpt', 'apiKey'])
export type AccountMode = z.infer<typeof accountModeSchema>
