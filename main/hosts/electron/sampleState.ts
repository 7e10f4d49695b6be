import type { Account, AccountStatus } from '../../../contract/domain/account.ts'
import { sampleSession } from '../../../contract/domain/sampleSession.ts'
import type { Session } from '../../../contract/domain/session.ts'
import type { Turn } from '../../../contract/domain/turn.ts'
import { type HostState, initialHostState } from './hostState.ts'

/** States for the tests of this folder. */

export const noon = Date.UTC(2026, 10, 24, 12)
const hourMs = 3_600_000
const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens: 0 }

export function sessionOf(id: string, changes: Partial<Session> = {}): Session {
  return sampleSession(id, {
    title: `Title of ${id}`,
    cwd: `/home/jane/src/${id}`,
    startedAt: noon - hourMs,
    updatedAt: noon,
    model: 'gpt-6.1-sol',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    usage,
    threads: [{ id: `${id}-root`, parentThreadId: null, subagent: null, model: null }],
    ...changes,
  })
}

export function turnOf(id: string, changes: Partial<Turn> = {}): Turn {
  return {
    id,
    threadId: 'api-root',
    sessionId: 'api',
    prompt: 'fix it',
    status: 'live',
    startedAt: noon,
    endedAt: null,
    model: null,
    usage,
    items: [],
    exchanges: [],
    seq: 1,
    ...changes,
  }
}

export const jane: Account = {
  state: 'chatgpt',
  email: 'jane@example.com',
  plan: 'plus',
  workspace: null,
  accountEnd: '7f3a',
}

export function accountOf(account: Account, changes: Partial<AccountStatus> = {}): AccountStatus {
  return {
    account,
    renewsAt: null,
    renewedAt: null,
    keptIn: null,
    lastRefresh: null,
    limits: null,
    apiKey: { state: 'none' },
    next: { use: 'chatgpt', why: '' },
    signIn: null,
    signInFailure: null,
    seq: 1,
    ...changes,
  }
}

export function limitsOf(shortPercent: number, resetsAt = noon + 2 * hourMs) {
  return {
    at: noon,
    planType: 'plus',
    windows: [
      { name: 'primary', usedPercent: shortPercent, windowMinutes: 300, resetsAt },
      { name: 'secondary', usedPercent: 18, windowMinutes: 10_080, resetsAt: noon + 70 * hourMs },
    ],
  }
}

/** As of an application that was started at noon. */
export function stateOf(changes: Partial<HostState> = {}): HostState {
  return { ...initialHostState, since: noon, account: accountOf(jane), ...changes }
}
