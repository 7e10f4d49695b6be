import { z } from 'zod'

export const exportFormatSchema = z.enum(['markdown', 'html', 'jsonl', 'har'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What masking looks for. Closed: a new kind of secret needs a new word here. */
export const secretKindSchema = z.enum([
  'apiKey',
  'accessToken',
  'jwt',
  'authorization',
  'privateKey',
  'password',
  'urlCredentials',
  'email',
  'homePath',
])
export type SecretKind = z.infer<typeof secretKindSchema>

/** Something that was masked: what, where, how often, and what stands there now. The secret itself is not in it. */
export const maskedSchema = z.object({
  kind: secretKindSchema,
  /** A part of the session, such as `output` or `prompts`. */
  where: z.string(),
  shown: z.string(),
  count: z.number(),
})
export type Masked = z.infer<typeof maskedSchema>
