import { z } from 'zod'
import { accountStatusSchema, launchCredentialSchema, signInSchema } from './domain/account.ts'
import { bodyNameSchema, jsonNodeSchema } from './domain/body.ts'
import { cacheMissSchema, contextDiffSchema, contextPartSchema } from './domain/context.ts'
import { deletedSessionSchema } from './domain/deletedSession.ts'
import { exchangeSchema } from './domain/exchange.ts'
import { exportFormatSchema, maskedSchema } from './domain/export.ts'
import { findingSchema } from './domain/finding.ts'
import { hostSchema } from './domain/host.ts'
import { limitsSchema } from './domain/limits.ts'
import { pictureTypeSchema } from './domain/picture.ts'
import { priceTableSchema } from './domain/price.ts'
import { recordingSchema } from './domain/recording.ts'
import { savedSearchSchema, searchHitSchema, searchKindSchema } from './domain/search.ts'
import { longestTitle, sessionSchema } from './domain/session.ts'
import { projectSchema, retentionSchema, sessionSortSchema } from './domain/sessionQuery.ts'
import { settingsSchema } from './domain/settings.ts'
import { recentFolderSchema, startSchema, terminalIdSchema, terminalSchema } from './domain/terminal.ts'
import { turnOutlineSchema, turnSchema } from './domain/turn.ts'
import { turnChangeSchema } from './domain/turnChange.ts'
import { updateSchema } from './domain/update.ts'
import { sessionUsageSchema, usageRowSchema } from './domain/usageReport.ts'

function method<P extends z.ZodType, R extends z.ZodType>(params: P, result: R) {
  return { params, result }
}

/** In the search language, which itself says in a sentence what is too long for it. */
const querySchema = z.string().max(1_000_000)
const byId = z.object({ id: z.string().min(1).max(200) })
const done = z.object({})
const inBody = byId.extend({
  which: bodyNameSchema,
  path: z
    .array(z.union([z.string(), z.number().int().min(0)]))
    .max(600)
    .default([]),
  offset: z.number().int().min(0).default(0),
})
const exported = z.object({
  ids: z.array(byId.shape.id).min(1).max(1000),
  format: exportFormatSchema,
  /** Addresses to mask beside the account's own. */
  emails: z.array(z.string().max(320)).max(20).default([]),
})

/** An open door of the proxy for one start of codex. The path token opens nothing but the proxy, and dies with the launch. */
export const launchSchema = z.object({
  id: z.string(),
  proxyPort: z.number(),
  pathToken: z.string(),
  /** Missing in the answer of an older Tapedeck, which would record it. */
  isPrivate: z.boolean().optional(),
})
export type Launch = z.infer<typeof launchSchema>

/** The codexes that run: the ids of those that are open in a terminal, and how many there are of which nothing is kept. */
export const openLaunchesSchema = z.object({ ids: z.array(z.string()), privateCount: z.number() })
export type OpenLaunches = z.infer<typeof openLaunchesSchema>

/** Every method of the application, once. The key is its name on the IPC channel and its path under `/api/`. */
export const methods = {
  'app/status': method(
    z.object({}),
    z.object({
      running: z.literal(true),
      version: z.string(),
      dataDir: z.string(),
      host: hostSchema,
      proxy: z.object({ port: z.number(), launches: z.number() }),
      codex: z.object({
        path: z.string().nullable(),
        version: z.string().nullable(),
        message: z.string().nullable(),
        /** Whether Tapedeck was tested with this version. */
        isTested: z.boolean(),
        /** `TAPEDECK_CODEX` is set, which comes before the setting. */
        isFromEnvironment: z.boolean(),
      }),
      isPaused: z.boolean(),
      recorded: z.number(),
      total: z.number(),
      missed: recordingSchema.shape.missed,
      rederived: recordingSchema.shape.rederived,
      underived: recordingSchema.shape.underived,
      damage: recordingSchema.shape.damage,
      unwritable: recordingSchema.shape.unwritable,
      seq: z.number(),
    }),
  ),
  /** Checks everything that a recording needs; takes some seconds. */
  'app/doctor': method(z.object({}), z.object({ findings: z.array(findingSchema) })),
  'session/list': method(
    z.object({
      limit: z.number().int().min(1).max(1000).default(100),
      /** The `nextCursor` of the page before. */
      cursor: z.string().max(200).nullish(),
      /** In the search language; words may also stand in the title, the folder, the tags and the note. */
      query: querySchema.optional(),
      /** `updated` unless told otherwise. */
      sort: sessionSortSchema.optional(),
      /** Of a word or tool that is everywhere only the newest places are looked at, so that something can be shown at once. */
      isQuick: z.boolean().optional(),
    }),
    z.object({
      sessions: z.array(sessionSchema),
      total: z.number(),
      /** A quick answer that left sessions out: ask again for the whole one. */
      isPartial: z.boolean().optional(),
      nextCursor: z.string().nullable(),
      seq: z.number(),
    }),
  ),
  /** Outputs that are too long are cut unless `isWhole`. */
  'session/read': method(
    byId.extend({
      isWhole: z.boolean().default(false),
      /**
       * Of a long conversation only the turns around this one; around its beginning when that is unknown or null, or its end
       * while it is live. Without it all turns come.
       */
      near: byId.shape.id.nullable().optional(),
    }),
    z.object({
      session: sessionSchema,
      turns: z.array(turnSchema),
      /** The turns that did not come along, for `session/readTurns`. Their prompts may be cut. */
      outline: z.array(turnOutlineSchema),
      seq: z.number(),
    }),
  ),
  /** Some turns of a session, as `session/read` has them. What is not there any more is left out. */
  'session/readTurns': method(
    byId.extend({ turnIds: z.array(byId.shape.id).min(1).max(200) }),
    z.object({ turns: z.array(turnSchema), seq: z.number() }),
  ),
  /** Where a text stands in those parts of outputs that `session/read` left out, in the order of the conversation. */
  'session/find': method(
    byId.extend({ text: z.string().min(1).max(1000), limit: z.number().int().min(1).max(10_000).default(1_000) }),
    z.object({ hits: z.array(z.object({ turnId: z.string(), itemId: z.string(), offset: z.number() })) }),
  ),
  'session/rename': method(
    byId.extend({ title: z.string().max(longestTitle).nullable() }),
    z.object({ session: sessionSchema }),
  ),
  'session/star': method(byId.extend({ isStarred: z.boolean() }), z.object({ session: sessionSchema })),
  /** All of its tags; what is not among them any more is taken away. */
  'session/tag': method(
    byId.extend({ tags: z.array(z.string().trim().min(1).max(40)).max(20) }),
    z.object({ session: sessionSchema }),
  ),
  'session/note': method(byId.extend({ note: z.string().max(4000) }), z.object({ session: sessionSchema })),
  /** Gone from every answer at once, and from the disk when `undoUntil` has passed. */
  'session/delete': method(
    byId.extend({
      /** The first of those that are deleted in one go; itself unless told otherwise. */
      batch: byId.shape.id.optional(),
    }),
    z.object({
      undoUntil: z.number(),
      /** Null when it is gone for good already. */
      undo: deletedSessionSchema.nullable(),
      seq: z.number(),
    }),
  ),
  /** What can still be brought back, in the order in which it was deleted. */
  'session/listDeleted': method(z.object({}), z.object({ sessions: z.array(deletedSessionSchema), seq: z.number() })),
  'session/undelete': method(byId, z.object({ session: sessionSchema })),
  /** Working folders, the last active first. */
  'project/list': method(z.object({}), z.object({ projects: z.array(projectSchema) })),
  /** What the archive takes on the disk, and what of it is the record of which project; largest first. */
  'archive/size': method(
    z.object({}),
    z.object({ bytes: z.number(), usedBytes: z.number(), projects: z.array(projectSchema) }),
  ),
  /** About what a rule would delete now. */
  'retention/preview': method(
    z.object({ retention: retentionSchema }),
    z.object({ sessions: z.number(), bytes: z.number() }),
  ),
  'retention/read': method(z.object({}), z.object({ retention: retentionSchema })),
  /** Takes effect at once. */
  'retention/set': method(z.object({ retention: retentionSchema }), z.object({ deleted: z.number() })),
  /** One piece of the file; the next one begins at `nextCursor`, and joined in order they are the whole. */
  'session/export': method(
    exported.extend({ isMasked: z.boolean().default(true), cursor: z.string().max(200).nullish() }),
    z.object({
      text: z.string(),
      nextCursor: z.string().nullable(),
      /** What was masked in this piece. */
      masked: z.array(maskedSchema),
      fileName: z.string(),
      mediaType: z.string(),
    }),
  ),
  /** What masking would take out of the whole file. */
  'session/previewExport': method(exported, z.object({ masked: z.array(maskedSchema), bytes: z.number() })),
  /**
   * What has this id; else all whose id begins or ends with these characters, 6 or more of them, the newest of each kind first,
   * and not what belongs to something else that is found. Sessions, turns and exchanges, or sessions alone.
   */
  'id/find': method(
    z.object({ part: byId.shape.id, isSession: z.boolean().default(false) }),
    z.object({
      found: z.array(
        z.object({
          kind: z.enum(['session', 'turn', 'exchange']),
          id: z.string(),
          /** Of its session. */
          title: z.string().nullable(),
          at: z.number(),
        }),
      ),
      /** These are not all. */
      isMore: z.boolean(),
    }),
  ),
  'turn/read': method(byId, z.object({ turn: turnSchema })),
  /** A piece of what a tool put out. */
  'item/text': method(
    z.object({
      turnId: byId.shape.id,
      id: z.string().min(1).max(400),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000_000).default(64_000),
    }),
    z.object({ text: z.string(), length: z.number(), nextOffset: z.number().nullable() }),
  ),
  /** The bytes of one picture of an item; an error for one that is not shown. */
  'item/picture': method(
    z.object({
      turnId: byId.shape.id,
      id: z.string().min(1).max(400),
      /** Its place in the item's `pictures`. */
      index: z.number().int().min(0).max(100_000),
    }),
    z.object({ mediaType: pictureTypeSchema, base64: z.string() }),
  ),
  'exchange/read': method(
    byId,
    z.object({
      exchange: exchangeSchema,
      /** As it was sent, except that an `input` sent in increments is whole: what came before is put in front of it. */
      request: z.unknown(),
      /** So many items at the end of the request's `input` went over the wire. */
      sentItems: z.number(),
      response: z.unknown(),
      events: z.array(z.unknown()),
    }),
  ),
  /** What filled the window, what changed since the request before it in the same thread, and why the cache missed if it did. */
  'exchange/context': method(
    byId,
    z.object({
      parts: z.array(contextPartSchema),
      previousExchangeId: z.string().nullable(),
      diff: contextDiffSchema.nullable(),
      cacheMiss: cacheMissSchema.nullable(),
    }),
  ),
  /** The headers that were recorded, which are those of a list; of a WebSocket its handshake's. */
  'exchange/headers': method(
    byId,
    z.object({
      request: z.array(z.tuple([z.string(), z.string()])),
      response: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
  /** One value of a body, and what is right below it. */
  'exchange/body': method(
    inBody.extend({ limit: z.number().int().min(1).max(10_000).default(200) }),
    z.object({ node: jsonNodeSchema }),
  ),
  /** The text of one value of a body, as people read JSON. */
  'exchange/text': method(
    inBody.extend({ limit: z.number().int().min(1).max(1_000_000).default(64_000) }),
    z.object({ text: z.string(), length: z.number(), nextOffset: z.number().nullable() }),
  ),
  /** What tokens cost, and why the user's own prices do not count if they do not. */
  'price/list': method(z.object({}), z.object({ table: priceTableSchema, problem: z.string().nullable() })),
  /** What shown sessions used, by day, project and model. A day is one of `timeZone`, which is this computer's unless given. */
  'usage/read': method(
    z.object({
      /** Quarters of an hour that began since then; from midnight on they are whole days. */
      since: z.number().default(0),
      until: z.number().optional(),
      timeZone: z.string().min(1).max(100).optional(),
    }),
    z.object({ rows: z.array(usageRowSchema), timeZone: z.string(), seq: z.number() }),
  ),
  /** The sessions that cost most in a stretch of time, each with what it used in that time. */
  'usage/sessions': method(
    z.object({
      since: z.number().default(0),
      until: z.number().optional(),
      /** These alone, where there are any; null is what has no name. */
      models: z.array(z.string().max(1000).nullable()).max(1000).default([]),
      projects: z.array(z.string().max(10_000).nullable()).max(1000).default([]),
      limit: z.number().int().min(1).max(100).default(10),
    }),
    z.object({ sessions: z.array(sessionUsageSchema), total: z.number(), seq: z.number() }),
  ),
  'search/query': method(
    z.object({
      /** In the search language (contract/domain/searchLanguage.ts). */
      query: querySchema.min(1),
      limit: z.number().int().min(1).max(500).default(50),
      /** Hits of this kind alone. */
      kind: searchKindSchema.optional(),
      /** So many hits of each kind as `limit` says, how many of each there are, and the sessions that are called so. */
      isGrouped: z.boolean().optional(),
    }),
    z.object({
      hits: z.array(searchHitSchema),
      /** Each kind is counted up to `mostHitsCounted`; so are all together where they are not grouped. */
      total: z.number(),
      kinds: z.array(z.object({ kind: searchKindSchema, total: z.number() })),
      sessions: z.array(sessionSchema),
    }),
  ),
  /** What there is to narrow a search to. */
  'search/values': method(
    z.object({}),
    z.object({ models: z.array(z.string()), tools: z.array(z.string()), tags: z.array(z.string()) }),
  ),
  /** Keeps a query under a name, in place of another of that name; told by `settings/updated`. */
  'search/save': method(z.object({ search: savedSearchSchema }), done),
  'search/rename': method(
    z.object({ name: savedSearchSchema.shape.name, newName: savedSearchSchema.shape.name }),
    done,
  ),
  /** One place up or down among the others; at an end nothing changes. */
  'search/move': method(z.object({ name: savedSearchSchema.shape.name, by: z.literal([-1, 1]) }), done),
  'search/forget': method(z.object({ name: savedSearchSchema.shape.name }), done),
  /** Puts one that was forgotten back at its place, or at the end of what became shorter meanwhile. */
  'search/restore': method(z.object({ search: savedSearchSchema, at: z.number().int().min(0) }), done),
  /** What begins from now on is forwarded and not kept, over restarts, until `recording/resume`. What runs is recorded to its end. */
  'recording/pause': method(z.object({}), done),
  'recording/resume': method(z.object({}), done),
  /** Builds every derived row again from the recorded bytes. */
  'archive/rederive': method(
    z.object({}),
    z.object({ exchanges: z.number(), turns: z.number(), sessions: z.number() }),
  ),
  /** Asks codex anew when `isFresh`; else what is known, which codex and its file keep up to date by themselves. */
  'account/read': method(z.object({ isFresh: z.boolean().default(false) }), z.object({ status: accountStatusSchema })),
  /** Begins a sign-in by codex itself; an earlier one that is not ended is cancelled. */
  'account/signIn': method(z.object({ method: z.enum(['browser', 'deviceCode']) }), z.object({ signIn: signInSchema })),
  'account/cancelSignIn': method(z.object({}), done),
  /** Signs codex in with an API key, which codex then keeps. */
  'account/signInWithKey': method(z.object({ key: z.string().min(1).max(1000) }), done),
  'account/signOut': method(z.object({}), done),
  /** The plan's limits as they were told over time, oldest first. */
  'account/limits': method(z.object({ since: z.number().default(0) }), z.object({ history: z.array(limitsSchema) })),
  /** Keeps a key for a codex without a login; in the keychain where there is one, else until Tapedeck ends. */
  'apiKey/set': method(z.object({ key: z.string().min(1).max(1000) }), done),
  'apiKey/remove': method(z.object({}), done),
  /** Asks OpenAI whether it knows the key. */
  'apiKey/verify': method(z.object({}), z.object({ isValid: z.boolean(), message: z.string() })),
  'settings/read': method(z.object({}), z.object({ settings: settingsSchema, seq: z.number() })),
  /** What is not named stays as it is. */
  'settings/change': method(settingsSchema.partial(), z.object({ settings: settingsSchema })),
  'update/read': method(z.object({}), z.object({ update: updateSchema, seq: z.number() })),
  'update/check': method(z.object({}), z.object({ update: updateSchema })),
  'update/download': method(z.object({}), done),
  'update/decline': method(z.object({}), done),
  /** Ends Tapedeck and starts the new version; a running codex waits for it as at any restart. */
  'update/install': method(z.object({}), done),
  /** The launches that are open in a terminal, where somebody may type the next prompt. */
  'launch/list': method(z.object({}), openLaunchesSchema.extend({ seq: z.number() })),
  'launch/create': method(
    z.object({
      cwd: z.string().min(1),
      args: z.array(z.string()).default([]),
      credential: launchCredentialSchema,
      /** Its traffic is forwarded and counted, and nothing of it is kept. */
      isPrivate: z.boolean().default(false),
    }),
    z.object({ launch: launchSchema }),
  ),
  /** Tells which process is the codex of a launch, so that the launch can end with it even if its starter died. */
  'launch/started': method(byId.extend({ pid: z.number().int().positive() }), done),
  'launch/end': method(byId, done),
  /** The terminals of this computer, and the one that is opened unless another is asked for; null when there is none. */
  'terminal/list': method(
    z.object({}),
    z.object({
      terminals: z.array(terminalSchema),
      default: terminalSchema.extend({ why: z.string() }).nullable(),
    }),
  ),
  /** Opens a terminal with codex in it, and answers when codex runs. The error of one that does not names the command. */
  'terminal/open': method(
    z.object({
      /** Absolute, or under `~`. */
      cwd: z
        .string()
        .min(1)
        .max(4096)
        .refine((path) => !path.includes('\0'), 'No path has a zero byte.'),
      start: startSchema,
      terminal: terminalIdSchema.optional(),
      isPrivate: z.boolean().default(false),
    }),
    z.object({ launchId: z.string(), terminal: terminalSchema }),
  ),
  /** Shows the data folder, or the one that a session worked in, in the file manager of the computer that Tapedeck runs on. */
  'folder/open': method(
    z.discriminatedUnion('folder', [
      z.object({ folder: z.literal('data') }),
      z.object({ folder: z.literal('session'), id: byId.shape.id }),
    ]),
    done,
  ),
  /** The folders of recent sessions that are still there, newest first. */
  'folder/recent': method(
    z.object({ limit: z.number().int().min(1).max(100).default(12) }),
    z.object({ folders: z.array(recentFolderSchema) }),
  ),
} as const

export type Methods = typeof methods
export type MethodName = keyof Methods
export type Params<M extends MethodName> = z.input<Methods[M]['params']>
export type ParsedParams<M extends MethodName> = z.output<Methods[M]['params']>
export type Result<M extends MethodName> = z.output<Methods[M]['result']>

/** What main tells without being asked. All carry the one rising `seq`; a client drops what is older than what it has. */
export const notifications = {
  'session/updated': z.object({ session: sessionSchema, seq: z.number() }),
  /** `undo` is missing when it is gone for good. */
  'session/deleted': z.object({ id: z.string(), undo: deletedSessionSchema.optional(), seq: z.number() }),
  /** Each builds on the one told before it of this turn. Who has missed that one reads the turn (`session/readTurns`). */
  'turn/updated': z.object({ change: turnChangeSchema, seq: z.number() }),
  'recording/updated': recordingSchema,
  'launch/updated': openLaunchesSchema.extend({ seq: z.number() }),
  'account/updated': z.object({ status: accountStatusSchema, seq: z.number() }),
  'update/updated': z.object({ update: updateSchema, seq: z.number() }),
  'settings/updated': z.object({ settings: settingsSchema, seq: z.number() }),
  /** Prices are other ones, and so is what sessions cost, of which nothing is told one by one. */
  'price/updated': z.object({ seq: z.number() }),
} as const
export type NotificationName = keyof typeof notifications
export type Notification = {
  [N in NotificationName]: { method: N; params: z.output<(typeof notifications)[N]> }
}[NotificationName]
