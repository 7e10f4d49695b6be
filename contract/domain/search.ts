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
  /** The tool whose call it is in. */
  tool: z.string().nullable().optional(),
  /** Of a hit in a patch: the file, and whether the line was added, removed or is around; `name` where it is the file's own. */
  file: z.object({ path: z.string(), line: z.enum(['added', 'removed', 'kept', 'name']) }).optional(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

/** Hits are counted so far and no further, each kind by itself: nobody reads on to the thousandth, and a word may be everywhere. */
export const mostHitsCounted = 1_000

/** A number of hits of one kind in words, `+` where there may be more. */
export const countHits = (count: number): string =>
  `${count.toLocaleString('en')}${count >= mostHitsCounted ? '+' : ''}`

/** A query that the user keeps under a name. */
export const savedSearchSchema = z.object({
  name: z.string().trim().min(1).max(60),
  query: z.string().trim().min(1).max(1000),
})
export type SavedSearch = z.infer<typeof savedSearchSchema>
