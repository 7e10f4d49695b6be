import { z } from 'zod'

/** A session that can still be brought back. */
export const deletedSessionSchema = z.object({
  id: z.string(),
  /** As it was when it was deleted. */
  title: z.string().nullable(),
  /** The first of those that were deleted in one go, which are brought back in one go. */
  batch: z.string(),
  undoUntil: z.number(),
})
export type DeletedSession = z.infer<typeof deletedSessionSchema>
