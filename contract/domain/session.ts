import { z } from 'zod'
import { accountModeSchema, credentialSchema, nameChatGptPlan } from './account.ts'
import { statusSchema } from './exchange.ts'
import { openCallSchema } from './openCall.ts'
import { usageSchema } from './usage.ts'

/** A conversation. The root thread's id is what `codex resume` takes; a sub-agent's thread names its parent. */
export const threadSchema = z.object({
  id: z.string(),
  parentThreadId: z.string().nullable(),
  subagent: z.string().nullable(),
  model: z.string().nullable(),
})
export type Thread = z.infer<typeof threadSchema>

/** Where a repository stood: what codex tells of it at each request, and the branch, which was read as the turn began. */
export const gitSchema = z.object({
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  hasChanges: z.boolean(),
})
export type GitState = z.infer<typeof gitSchema>

/** A root thread with the threads of its sub-agents: what people browse. */
export const sessionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What it is listed under, wherever it goes on: the folder that it began in, or the repository around that. */
  cwd: z.string().nullable(),
  /** The folder that codex worked in last, where that is another one. */
  goesOnIn: z.string().optional(),
  /** As its last turn began. Not there outside of a repository. */
  git: gitSchema.optional(),
  startedAt: z.number(),
  updatedAt: z.number(),
  status: statusSchema,
  model: z.string().nullable(),
  accountMode: accountModeSchema.nullable(),
  /** Why that mode: how its last request was signed. */
  credential: credentialSchema.nullable(),
  /** What the plan was called when it last paid for something here: the account may have another today. */
  plan: z.string().optional(),
  turnCount: z.number(),
  /** Those of its turns, and those of none, such as what only opens a connection. */
  exchangeCount: z.number(),
  usage: usageSchema,
  /** What the same tokens cost with a key, by the price table; null while no model of it has a price. */
  apiEquivalentUsd: z.number().nullable(),
  /** The time that turns took: a session that waits over night for its user is not a long one. */
  durationMs: z.number(),
  hasEdits: z.boolean(),
  hasErrors: z.boolean(),
  errorMessage: z.string().nullable(),
  /** The user's own words about it; no derivation changes them. */
  isStarred: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  threads: z.array(threadSchema),
  /** The launch of its last turn: while that is open, codex waits there for the next prompt. */
  launchId: z.string().optional(),
  /** What its turn waits for while it is live. Not there while a sub-agent works, as that is what is waited for then. */
  openCall: openCallSchema.optional(),
  seq: z.number(),
})
export type Session = z.infer<typeof sessionSchema>

/** Of one that the user gives. */
export const longestTitle = 300

/** What `codex resume` takes. */
export function rootThreadId(session: Session): string {
  return session.threads.find((thread) => thread.parentThreadId === null && thread.subagent === null)?.id ?? session.id
}

/** Where it is resumed: codex itself would have it where it worked last. Null when no folder was told. */
export function folderToGoOnIn({ cwd, goesOnIn }: Pick<Session, 'cwd' | 'goesOnIn'>): string | null {
  return goesOnIn ?? cwd
}

/** What its last request was signed with, by the name that its user knows; null when nobody signed. */
export function nameSigner({ accountMode, plan }: Pick<Session, 'accountMode' | 'plan'>): string | null {
  if (accountMode === null) return null
  if (accountMode === 'apiKey') return 'API key'
  return plan ? nameChatGptPlan(plan) : 'ChatGPT sign-in'
}

/** `main @ 3f2a1c9`; a star says that the folder had changes of its own. */
export function nameGit({ branch, commit, hasChanges }: GitState): string | null {
  const place = [branch, commit?.slice(0, 7)].filter((part) => part).join(' @ ')
  return place === '' ? null : `${place}${hasChanges ? ' *' : ''}`
}
