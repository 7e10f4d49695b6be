import { z } from 'zod'
import { exchangeSchema } from './domain/exchange.ts'
import { recordingSchema } from './domain/recording.ts'
import { sessionSchema } from './domain/session.ts'
import { turnSchema } from './domain/turn.ts'

function method<P extends z.ZodType, R extends z.ZodType>(params: P, result: R) {
  return { params, result }
}

const byId = z.object({ id: z.string().min(1).max(200) })
const done = z.object({})

export const searchHitSchema = z.object({
  sessionId: z.string(),
  sessionTitle: z.string(),
  turnId: z.string(),
  itemId: z.string(),
  type: z.string(),
  at: z.number(),
  /** The text around the hit; the hit itself stands between U+E000 and U+E001. */
  snippet: z.string(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

export const launchSchema = z.object({
  id: z.string(),
  file: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  cwd: z.string(),
  accountMode: z.enum(['chatgpt', 'apiKey', 'injectedKey']),
})
export type LaunchPlan = z.infer<typeof launchSchema>

/** Every method of the application, once. The key is its name on the IPC channel and its path under `/api/`. */
export const methods = {
  'app/status': method(
    z.object({}),
    z.object({
      running: z.literal(true),
      version: z.string(),
      dataDir: z.string(),
      proxy: z.object({ port: z.number(), launches: z.number() }),
      codex: z.object({ path: z.string().nullable(), version: z.string().nullable(), message: z.string().nullable() }),
      recorded: z.number(),
      total: z.number(),
      missed: recordingSchema.shape.missed,
      seq: z.number(),
    }),
  ),
  'session/list': method(
    z.object({
      limit: z.number().int().min(1).max(1000).default(100),
      /** The `nextCursor` of the page before. */
      cursor: z.string().max(200).nullish(),
    }),
    z.object({ sessions: z.array(sessionSchema), total: z.number(), nextCursor: z.string().nullable(), seq: z.number() }),
  ),
  'session/read': method(byId, z.object({ session: sessionSchema, turns: z.array(turnSchema), seq: z.number() })),
  'session/rename': method(byId.extend({ title: z.string().max(300).nullable() }), z.object({ session: sessionSchema })),
  'session/delete': method(byId, done),
  'turn/read': method(byId, z.object({ turn: turnSchema })),
  'exchange/read': method(
    byId,
    z.object({ exchange: exchangeSchema, request: z.unknown(), response: z.unknown(), events: z.array(z.unknown()) }),
  ),
  'search/query': method(
    z.object({ query: z.string().min(1).max(1000), limit: z.number().int().min(1).max(500).default(50) }),
    z.object({ hits: z.array(searchHitSchema), total: z.number() }),
  ),
  'launch/create': method(
    z.object({ cwd: z.string().min(1), args: z.array(z.string()).default([]) }),
    z.object({ launch: launchSchema }),
  ),
  'launch/end': method(byId, done),
} as const

export type Methods = typeof methods
export type MethodName = keyof Methods
export type Params<M extends MethodName> = z.input<Methods[M]['params']>
export type ParsedParams<M extends MethodName> = z.output<Methods[M]['params']>
export type Result<M extends MethodName> = z.output<Methods[M]['result']>

/** What main tells without being asked. All carry the one rising `seq`; a client drops what is older than what it has. */
export const notifications = {
  'session/updated': z.object({ session: sessionSchema, seq: z.number() }),
  'session/deleted': z.object({ id: z.string(), seq: z.number() }),
  'turn/updated': z.object({ turn: turnSchema, seq: z.number() }),
  'recording/updated': recordingSchema,
} as const
export type NotificationName = keyof typeof notifications
export type Notification = {
  [N in NotificationName]: { method: N; params: z.output<(typeof notifications)[N]> }
}[NotificationName]
