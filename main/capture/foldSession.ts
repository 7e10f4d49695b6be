import { groupUsage, mergeGroups, type PriceTable, priceGroups } from '../../contract/domain/price.ts'
import type { Thread } from '../../contract/domain/session.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import type { DerivedSession, ReducedExchange, TurnSummary } from './reduced.ts'

const titleLength = 80

export interface SessionParts {
  id: string
  /** In the order in which they started. */
  turns: TurnSummary[]
  /** Exchanges of this session that belong to no turn, such as the one that warms a connection up. */
  looseExchanges: ReducedExchange[]
  /** The user's word for it. */
  renamed: string | null
  /** The title that codex made. */
  madeTitle: string | null
  /** The branch that its folder was on as its last turn began, if that could be read. */
  branch: string | null
  prices: PriceTable
  marks: SessionMarks
}

/** What the user said about a session beside its title. */
export type SessionMarks = Pick<DerivedSession, 'isStarred' | 'tags' | 'note'>

export const noMarks: SessionMarks = { isStarred: false, tags: [], note: '' }

/** A session out of its turns. Null when it has none: codex opened a connection and nobody asked anything. */
export function foldSession({
  id,
  turns,
  looseExchanges,
  renamed,
  madeTitle,
  branch,
  prices,
  marks,
}: SessionParts): DerivedSession | null {
  const first = turns[0]
  if (!first) return null
  const own = turns.filter(({ thread }) => isRoot(thread))
  const shown = own.length > 0 ? own : turns
  const last = shown.at(-1) ?? first
  const isLive = turns.some(({ status }) => status === 'live')
  const openCall = findOpenCall(turns)
  const groups = mergeGroups([
    ...turns.flatMap(({ usageGroups }) => usageGroups),
    ...groupUsage(looseExchanges.map(({ exchange }) => exchange)),
  ])
  const cwd = shown.find((turn) => turn.cwd !== null)?.cwd ?? null
  const goesOnIn = shown.findLast(({ workingFolder }) => workingFolder)?.workingFolder ?? cwd
  const ends = turns.map(({ endedAt, startedAt }) => endedAt ?? startedAt)
  return {
    id,
    title: renamed ?? madeTitle ?? titleFromPrompt(shown) ?? 'Untitled',
    cwd,
    ...(goesOnIn !== null && goesOnIn !== cwd && { goesOnIn }),
    git: gitOf(shown, branch),
    startedAt: turns.reduce((least, { startedAt }) => Math.min(least, startedAt), first.startedAt),
    updatedAt: ends.reduce((a, b) => Math.max(a, b), first.startedAt),
    status: isLive ? 'live' : last.status,
    model: last.model,
    accountMode: last.accountMode,
    credential: last.credential,
    plan: (shown.findLast(({ plan }) => plan) ?? looseExchanges.findLast(({ plan }) => plan))?.plan ?? undefined,
    turnCount: shown.length,
    exchangeCount: turns.reduce((sum, { exchangeCount }) => sum + exchangeCount, looseExchanges.length),
    usage: [...turns, ...looseExchanges.map(({ exchange }) => exchange)].reduce(
      (sum, { usage }) => addUsage(sum, usage ?? noUsage),
      noUsage,
    ),
    apiEquivalentUsd: priceGroups(prices, groups)?.usd ?? null,
    durationMs: shown.reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? startedAt) - startedAt), 0),
    hasEdits: turns.some(({ hasEdits }) => hasEdits),
    hasErrors: turns.some(({ hasErrors }) => hasErrors),
    errorMessage: isLive ? null : last.errorMessage,
    ...marks,
    threads: threadsOf(turns),
    launchId: last.launchId,
    ...(openCall && { openCall }),
  }
}

/** While another thread works as well, that is what the call waits for. */
function findOpenCall(turns: TurnSummary[]): TurnSummary['openCall'] {
  const live = turns.filter(({ status }) => status === 'live')
  const threads = new Set(live.map(({ threadId }) => threadId))
  return threads.size === 1 ? live.at(-1)?.openCall : undefined
}

function gitOf(turns: TurnSummary[], branch: string | null): DerivedSession['git'] {
  const told = turns.findLast(({ git }) => git)?.git
  return told || branch !== null ? { commit: null, hasChanges: false, ...told, branch } : undefined
}

export function isRoot({ parentThreadId, subagent }: Thread): boolean {
  return parentThreadId === null && subagent === null
}

function threadsOf(turns: TurnSummary[]): Thread[] {
  return [...new Map(turns.map(({ thread }) => [thread.id, thread])).values()]
}

function titleFromPrompt(turns: TurnSummary[]): string | null {
  const prompt = turns.map((turn) => turn.prompt.trim()).find((text) => text !== '')
  if (prompt === undefined) return null
  const line = (prompt.split('\n', 1)[0] ?? '').trim()
  const characters = [...line]
  return characters.length <= titleLength
    ? line
    : `${characters
        .slice(0, titleLength - 1)
        .join('')
        .trimEnd()}…`
}
