import { z } from 'zod'

/** What kind of text was found. */
export const searchKindSchema = z.enum(['prompt', 'command', 'file', 'output', 'answer', 'thought', 'other'])
export type SearchKind = z.infer<typeof searchKindSchema>

export const searchHitSchema = z.object({
  sessionId: z.string(),
  sessionTitle: z.string(),
  turnId: z.string(),
  itemId: z.string(),
  type: z.string(),
  kind: searchKindSchema,
  at: z.number(),
  /** The text around the hit; the hit itself stands between U+E000 and U+E001. */
  snippet: z.string(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

/** A query that the user keeps under a name. */
export const savedSearchSchema = z.object({
  name: z.string().trim().min(1).max(60),
  query: z.string().trim().min(1).max(1000),
})
export type SavedSearch = z.infer<typeof savedSearchSchema>
