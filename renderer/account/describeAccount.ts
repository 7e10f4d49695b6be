import { type AccountStatus, namePlan } from '../../contract/domain/account.ts'
import { formatRelative } from '../ui/formatting.ts'
import { explainAccountProblem, explainRefresh } from './explainAccount.ts'
import { formatMoment, formatUntil } from './moments.ts'

/** The account in a word or two, as the sidebar has room for, and whether the user has to do something about it. */
export interface AccountInShort {
  text: string
  needsUser: boolean
  tip: string
}

export function describeInShort({ account, lastRefresh, next }: AccountStatus): AccountInShort {
  switch (account.state) {
    case 'asking':
      return { text: '', needsUser: false, tip: 'Codex is being asked who is signed in' }
    case 'chatgpt': {
      const plan = account.plan === null ? 'ChatGPT' : namePlan(account.plan)
      return { text: plan, needsUser: false, tip: `Signed in${account.email === null ? '' : ` as ${account.email}`}` }
    }
    case 'apiKey':
      return { text: 'API key', needsUser: false, tip: 'Codex is signed in with an API key of its own' }
    case 'nobody':
      return next.use === 'storedKey'
        ? { text: 'API key', needsUser: false, tip: 'Codex is not signed in: the key that Tapedeck keeps steps in' }
        : { text: 'Sign in', needsUser: true, tip: 'Nobody is signed in: sign in, or set an API key' }
    case 'broken': {
      const { title } = explainAccountProblem(account.problem, lastRefresh)
      // The network comes back by itself.
      if (account.problem === 'noNetwork') return { text: 'Offline', needsUser: false, tip: title }
      return { text: 'Needs you', needsUser: true, tip: title }
    }
  }
}

export interface Fact {
  text: string
  /** The moment that is meant, to be shown exactly on hover. */
  at: number | null
  tone: 'plain' | 'warn'
}

/** Two clocks tell of the same renewal: the proxy's when it passed, and codex's as it wrote the file a moment later. */
const sameRenewalMs = 60_000

/** When the sign-in was renewed last, or why that failed; null when neither is known. */
export function describeRenewal({ renewedAt, lastRefresh }: AccountStatus, now: number): Fact | null {
  if (lastRefresh && (renewedAt === null || renewedAt <= lastRefresh.at + sameRenewalMs)) {
    const reason = explainRefresh(lastRefresh.outcome)
    if (reason === null) {
      const text = `Renewed ${formatRelative(lastRefresh.at, now)} through Tapedeck`
      return { text, at: lastRefresh.at, tone: 'plain' }
    }
    const moment = formatMoment(lastRefresh.at, now)
    return { text: `The renewal of ${moment} failed: ${reason}`, at: lastRefresh.at, tone: 'warn' }
  }
  return renewedAt === null ? null : { text: `Renewed ${formatRelative(renewedAt, now)}`, at: renewedAt, tone: 'plain' }
}

/** Until when the sign-in is good; null when codex's file does not tell. */
export function describeExpiry({ renewsAt }: AccountStatus, now: number): Fact | null {
  if (renewsAt === null) return null
  const moment = formatMoment(renewsAt, now)
  return renewsAt > now
    ? { text: `${moment}, ${formatUntil(renewsAt, now)}. Codex does it by itself.`, at: renewsAt, tone: 'plain' }
    : { text: `Was due ${moment}. Codex does it when it runs next.`, at: renewsAt, tone: 'plain' }
}
