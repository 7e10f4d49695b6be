import { z } from 'zod'
import { accountModeSchema, credentialSchema } from './account.ts'
import { limitsSchema } from './limits.ts'
import { usageSchema } from './usage.ts'

/** `live` while it runs; `cut` when its end was never seen (a crash, a lost connection); the others say how it ended. */
export const statusSchema = z.enum(['live', 'completed', 'failed', 'aborted', 'cut'])
export type Status = z.infer<typeof statusSchema>

export const exchangeKindSchema = z.enum(['turn', 'prewarm', 'compaction', 'title', 'other'])
export type ExchangeKind = z.infer<typeof exchangeKindSchema>

export const transportSchema = z.enum(['websocket', 'sse', 'json'])
export type Transport = z.infer<typeof transportSchema>

export const upstreamSchema = z.enum(['chatgpt', 'openai', 'auth'])
export type Upstream = z.infer<typeof upstreamSchema>

/** One request to the model and its answer. Times are epoch milliseconds; sizes are bytes on the wire, decoded for WebSocket. */
export const exchangeSchema = z.object({
  id: z.string(),
  turnId: z.string().nullable(),
  threadId: z.string().nullable(),
  sessionId: z.string(),
  kind: exchangeKindSchema,
  transport: transportSchema,
  upstream: upstreamSchema,
  accountMode: accountModeSchema.nullable(),
  credential: credentialSchema.nullable(),
  method: z.string(),
  path: z.string(),
  status: statusSchema,
  httpStatus: z.number().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** When the limit resets that refused it, as far as the refusal told. */
  limitResetsAt: z.number().optional(),
  startedAt: z.number(),
  firstEventMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  responseId: z.string().nullable(),
  previousResponseId: z.string().nullable(),
  model: z.string().nullable(),
  serviceTier: z.string().nullable(),
  usage: usageSchema.nullable(),
  limits: limitsSchema.nullable(),
  /** What the recorder wants the reader to know, such as ids that disagree; sentences, mostly empty. */
  notes: z.array(z.string()),
})
export type Exchange = z.infer<typeof exchangeSchema>
