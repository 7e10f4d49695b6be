import type { Account, AccountProblem, SignInFailure } from '../../contract/domain/account.ts'
import type { Limits } from '../../contract/domain/limits.ts'

/** What `account/read` of the app-server answers. */
export function toAccount(answer: unknown): Account {
  const { account, workspaceRouting } = fields(answer)
  const { type, email, planType, workspaceName } = fields(account)
  switch (type) {
    case 'chatgpt':
      return {
        state: 'chatgpt',
        email: text(email),
        plan: text(planType),
        workspace: text(workspaceName),
        accountEnd:
          (text(fields(workspaceRouting).accountId) ?? text(fields(workspaceRouting).chatgptAccountId))?.slice(-4) ??
          null,
      }
    case 'apiKey':
      return { state: 'apiKey' }
    case undefined:
      return { state: 'nobody' }
    default:
      return {
        state: 'broken',
        problem: 'other',
        message: `Codex is signed in by ${type}, which Tapedeck cannot show.`,
      }
  }
}

/** A failure of the app-server to say who is signed in. Its message is codex's own, and mostly readable. */
export function toBroken(message: string): Account {
  return { state: 'broken', problem: problemOf(message), message: withoutAddresses(message) }
}

const networkWords = /error sending request|connection|network|dns|timed? ?out|unreachable|could not reach|\b502\b/i

function problemOf(message: string): AccountProblem {
  if (/refresh token|sign in again|log out and sign in|token_expired|unauthorized|\b401\b/i.test(message)) {
    return 'signedOutByServer'
  }
  if (/keyring|keychain|secret service|credential store/i.test(message)) return 'keyring'
  if (/unrecognized subcommand|unexpected argument|unknown variant|method not found/i.test(message)) return 'oldCodex'
  return networkWords.test(message) ? 'noNetwork' : 'other'
}

/** Why a sign-in came to nothing, from codex's own words. */
export function toSignInFailure(method: SignInFailure['method'], message: string): SignInFailure {
  return { method, reason: signInReasonOf(message), message: withoutAddresses(message) }
}

function signInReasonOf(message: string): SignInFailure['reason'] {
  if (/not completed|cancel/i.test(message)) return 'cancelled'
  if (/address already in use|port .*in use|failed to bind/i.test(message)) return 'portBusy'
  if (/sign-in failed|denied|forbidden|not allowed|\b403\b/i.test(message)) return 'denied'
  if (/expired|timed out/i.test(message)) return 'expired'
  return networkWords.test(message) ? 'noNetwork' : 'other'
}

/** Ours carry a path token, which must not be shown. */
function withoutAddresses(message: string): string {
  return message.replace(/https?:\/\/(127\.0\.0\.1|localhost):\d+\/\S*/g, 'OpenAI').trim()
}

/** What `account/rateLimits/read` answers, and its notification says; null when there is nothing in it. */
export function toLimits(answer: unknown, at: number): Limits | null {
  const limits = fields(fields(answer).rateLimits)
  const windows = (['primary', 'secondary'] as const).flatMap((name): Limits['windows'] => {
    const { usedPercent, windowDurationMins, resetsAt } = fields(limits[name])
    if (typeof usedPercent !== 'number') return []
    const resets = number(resetsAt)
    return [
      {
        name,
        usedPercent,
        windowMinutes: number(windowDurationMins),
        resetsAt: resets === null ? null : resets * 1000,
      },
    ]
  })
  return windows.length === 0 ? null : { at, planType: text(limits.planType), windows }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
