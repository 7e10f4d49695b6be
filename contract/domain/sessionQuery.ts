import { z } from 'zod'
import { accountModeSchema } from './account.ts'
import { statusSchema } from './exchange.ts'

/** What a list of sessions may be narrowed to; all that is given must hold. */
export const sessionFilterSchema = z.object({
  /** The working folder, whole. */
  project: z.string().max(4096).optional(),
  model: z.string().max(200).optional(),
  accountMode: accountModeSchema.optional(),
  status: statusSchema.optional(),
  /** Active at this time or later; at this time or before. */
  from: z.number().optional(),
  to: z.number().optional(),
  hasEdits: z.boolean().optional(),
  hasErrors: z.boolean().optional(),
  isStarred: z.boolean().optional(),
  tag: z.string().max(100).optional(),
  /** In the title, the folder, the tags, the note, or anything that was said. */
  text: z.string().max(1000).optional(),
})
export type SessionFilter = z.infer<typeof sessionFilterSchema>

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
