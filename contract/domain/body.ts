import { z } from 'zod'

/** `request` is whole, what came in increments put together; `response` the finished response; `events` what streamed. */
export const bodyNameSchema = z.enum(['request', 'response', 'events'])
export type BodyName = z.infer<typeof bodyNameSchema>

export const jsonTypeSchema = z.enum(['object', 'array', 'string', 'number', 'boolean', 'null'])
export type JsonType = z.infer<typeof jsonTypeSchema>

export const jsonChildSchema = z.object({
  key: z.union([z.string(), z.number()]),
  type: jsonTypeSchema,
  /** Keys of an object, items of an array, characters of a string; 0 for all else. */
  size: z.number(),
  /** The value where it is short, else its begin or what to know it by. */
  preview: z.string(),
})
export type JsonChild = z.infer<typeof jsonChildSchema>

/** One value of a body with what is right below it, in pieces: a body of many megabytes is never sent as a whole. */
export const jsonNodeSchema = z.object({
  type: jsonTypeSchema,
  size: z.number(),
  /** Of a string the piece that was asked for; of other plain values all. */
  text: z.string().nullable(),
  children: z.array(jsonChildSchema),
  nextOffset: z.number().nullable(),
})
export type JsonNode = z.infer<typeof jsonNodeSchema>
