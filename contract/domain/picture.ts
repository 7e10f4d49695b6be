import { z } from 'zod'

/** The formats that are ever put on a page. What SVG and others may carry is code. */
export const pictureTypeSchema = z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
export type PictureType = z.infer<typeof pictureTypeSchema>

/**
 * Why a picture cannot be shown: it lies at an address, which is never asked; its format is none that is shown; it is none of the
 * format that it should be; to unpack it would take too much.
 */
export const pictureProblemSchema = z.enum(['elsewhere', 'format', 'broken', 'tooLarge'])
/** What is told of a picture before somebody asks for it; `item/picture` has its bytes. */
export const pictureSchema = z.object({
  /** The file it was read from or saved to, as far as anybody said so. */
  name: z.string().nullable(),
  /** What its bytes are, or, of one that is not shown, what it was said to be. */
  mediaType: z.string().nullable(),
  bytes: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  problem: pictureProblemSchema.nullable(),
})
export type Picture = z.infer<typeof pictureSchema>

/** A picture of a tool's, and where in the raw record it is: the nth of one item that an exchange sent or brought. */
export const toolPictureSchema = pictureSchema.extend({
  source: z.object({
    exchangeId: z.string(),
    side: z.enum(['input', 'output']),
    index: z.number(),
    nth: z.number(),
  }),
})
export type ToolPicture = z.infer<typeof toolPictureSchema>
