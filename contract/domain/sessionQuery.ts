import { z } from 'zod'

/** Newest, longest, dearest first. */
export const sessionSortSchema = z.enum(['updated', 'started', 'tokens', 'duration', 'cost'])
export type SessionSort = z.infer<typeof sessionSortSchema>

/** A working folder and what was done in it. */
export const projectSchema = z.object({
  /** Null for sessions that told of none. */
  cwd: z.string().nullable(),
  /** The last folder of the path. */
  name: z.string(),
  sessionCount: z.number(),
  updatedAt: z.number(),
  /** What the record of its sessions takes on the disk. */
  bytes: z.number(),
})
export type Project = z.infer<typeof projectSchema>

/** What is kept; null for no limit. Starred sessions are kept whatever it says. */
export const retentionSchema = z.object({
  maxAgeDays: z.number().int().min(1).max(36_500).nullable(),
  maxBytes: z.number().int().min(1_000_000).nullable(),
})
export type Retention = z.infer<typeof retentionSchema>
