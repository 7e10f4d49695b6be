import { z } from 'zod'
import { limitsSchema } from './limits.ts'

/** Which credential an exchange carried. The credential itself never enters a schema. */
export const accountModeSchema = z.enum(['chatgpt', 'apiKey'])
export type AccountMode = z.infer<typeof accountModeSchema>

/** How a launch signs its requests: by codex's own login, or with the key that Tapedeck keeps, and then why. */
export const launchCredentialSchema = z.enum(['codexLogin', 'keyWithoutLogin', 'keyAlways'])
export type LaunchCredential = z.infer<typeof launchCredentialSchema>

/** How one request was signed. With `keyAtLimit` codex has a login, whose plan had reached its limit. */
export const credentialSchema = z.enum([...launchCredentialSchema.options, 'keyAtLimit'])
export type Credential = z.infer<typeof credentialSchema>

/** Why it cannot be said who codex is signed in as, or why the sign-in does not work any more. */
export const accountProblemSchema = z.enum([
  'noCodex',
  'oldCodex',
  'signedOutByServer',
  'noNetwork',
  'keyring',
  'other',
])
export type AccountProblem = z.infer<typeof accountProblemSchema>

/** Who codex is signed in as, by its own word. */
export const accountSchema = z.discriminatedUnion('state', [
  /** Codex is being asked. */
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('nobody') }),
  z.object({
    state: z.literal('chatgpt'),
    email: z.string().nullable(),
    plan: z.string().nullable(),
    workspace: z.string().nullable(),
    /** The last four characters of the account's id. */
    accountEnd: z.string().nullable(),
  }),
  z.object({ state: z.literal('apiKey') }),
  /** `message` is codex's own word, or ours where it has none; a sentence for people. */
  z.object({ state: z.literal('broken'), problem: accountProblemSchema, message: z.string() }),
])
export type Account = z.infer<typeof accountSchema>

/** `Plus` for `plus`; a plan that is not known here is shown as it is called. */
export function namePlan(plan: string): string {
  const name = plan.replaceAll('_', ' ').trim()
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `ChatGPT Plus`; a sign-in whose plan nobody told of is called by its provider alone. */
export function nameChatGptPlan(plan: string | null): string {
  return plan === null ? 'ChatGPT' : `ChatGPT ${namePlan(plan)}`
}

export const refreshOutcomeSchema = z.enum(['ok', 'expired', 'reused', 'revoked', 'noNetwork', 'refused'])
export type RefreshOutcome = z.infer<typeof refreshOutcomeSchema>

/** A renewal of codex's sign-in that went through the proxy. */
export const refreshSchema = z.object({ at: z.number(), outcome: refreshOutcomeSchema })
export type Refresh = z.infer<typeof refreshSchema>

/** The key for a codex that has no login of its own. It is never shown whole: `shown` is like `sk-…abcd`. */
export const apiKeySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  /** The keychain wants an answer of the user's before it gives one. */
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('stored'), shown: z.string() }),
  /** Kept until Tapedeck ends, because it came from the environment or because there is no keychain. */
  z.object({ state: z.literal('inMemory'), shown: z.string(), from: z.enum(['environment', 'user']) }),
  /** There is no keychain to ask; `message` says why and what to do. */
  z.object({ state: z.literal('unavailable'), message: z.string() }),
])
export type ApiKey = z.infer<typeof apiKeySchema>

/** What the next session signs its requests with, and why, as a sentence. */
export const nextCredentialSchema = z.object({
  use: z.enum(['chatgpt', 'apiKey', 'storedKey', 'nothing']),
  why: z.string(),
})
export type NextCredential = z.infer<typeof nextCredentialSchema>

/** A sign-in that the user has begun and not ended. */
export const signInSchema = z.discriminatedUnion('method', [
  z.object({ id: z.string(), method: z.literal('browser'), url: z.string() }),
  z.object({ id: z.string(), method: z.literal('deviceCode'), url: z.string(), userCode: z.string() }),
])
export type SignIn = z.infer<typeof signInSchema>

/** Why a sign-in did not come about; each reason has one cure, which goes the way that was tried unless that is what failed. */
export const signInFailureSchema = z.object({
  method: z.enum(['browser', 'deviceCode']),
  reason: z.enum(['cancelled', 'portBusy', 'denied', 'expired', 'noNetwork', 'other']),
  message: z.string(),
})
export type SignInFailure = z.infer<typeof signInFailureSchema>

export const accountStatusSchema = z.object({
  account: accountSchema,
  /** When the sign-in has to be renewed, and when it last was, as far as codex's file tells. */
  renewsAt: z.number().nullable(),
  renewedAt: z.number().nullable(),
  /** Where codex keeps it; null when it is no file. */
  keptIn: z.string().nullable(),
  lastRefresh: refreshSchema.nullable(),
  limits: limitsSchema.nullable(),
  apiKey: apiKeySchema,
  next: nextCredentialSchema,
  signIn: signInSchema.nullable(),
  signInFailure: signInFailureSchema.nullable(),
  seq: z.number(),
})
export type AccountStatus = z.infer<typeof accountStatusSchema>
