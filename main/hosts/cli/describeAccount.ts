import {
  type Account,
  type AccountStatus,
  type ApiKey,
  nameChatGptPlan,
  type RefreshOutcome,
} from '../../../contract/domain/account.ts'
import type { Limits } from '../../../contract/domain/limits.ts'
import { ago, count, roughDuration, wrap } from './formatting.ts'

const refreshWords: Record<RefreshOutcome, string> = {
  ok: 'renewed',
  expired: 'could not be renewed: it has expired',
  reused: 'could not be renewed: another program used its renewal first',
  revoked: 'could not be renewed: OpenAI took it back',
  noNetwork: 'could not be renewed: OpenAI could not be reached',
  refused: 'could not be renewed: OpenAI refused it',
}

/** Who is signed in, what the limits are and what the next session uses, a line each. */
export function describeAccount(status: AccountStatus, now: number, columns: number | null): string {
  const { account, lastRefresh, limits, apiKey, next } = status
  const lines = [
    `Signed in   ${describeWho(account)}`,
    lastRefresh && `Sign-in     ${refreshWords[lastRefresh.outcome]} ${ago(lastRefresh.at, now)}`,
    ...(limits ? limits.windows.map((window) => describeWindow(window, now)) : []),
    `API key     ${describeKey(apiKey)}`,
    `Next        ${next.why}`,
  ]
  return wrap(lines.filter((line) => line !== null).join('\n'), columns, 12)
}

function describeWho(account: Account): string {
  switch (account.state) {
    case 'asking':
      return 'codex is being asked'
    case 'nobody':
      return 'nobody. Sign in with:  tapedeck auth login'
    case 'chatgpt': {
      return [account.email ?? 'with ChatGPT', nameChatGptPlan(account.plan), account.workspace]
        .filter(Boolean)
        .join(' · ')
    }
    case 'apiKey':
      return "with an API key of codex's own"
    case 'broken':
      return account.message
  }
}

function describeWindow(
  { name, usedPercent, windowMinutes, resetsAt }: Limits['windows'][number],
  now: number,
): string {
  const window =
    windowMinutes === null
      ? name
      : windowMinutes >= 1440
        ? count(Math.round(windowMinutes / 1440), 'day')
        : count(Math.round(windowMinutes / 60), 'hour')
  const resets = resetsAt === null ? '' : `, resets in ${roughDuration(Math.max(0, resetsAt - now))}`
  return `${window.padEnd(11)} ${Math.round(usedPercent)} % used${resets}`
}

function describeKey(apiKey: ApiKey): string {
  switch (apiKey.state) {
    case 'none':
      return 'none. Give Tapedeck one with:  tapedeck auth key set'
    case 'waiting':
      return 'your keychain is waiting for an answer of yours'
    case 'stored':
      return `${apiKey.shown}, in the keychain`
    case 'inMemory':
      return `${apiKey.shown}, ${apiKey.from === 'environment' ? 'from OPENAI_API_KEY' : 'kept until Tapedeck ends'}`
    case 'unavailable':
      return apiKey.message
  }
}
