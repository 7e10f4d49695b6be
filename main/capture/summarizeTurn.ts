import { nameCall, type OpenCall } from '../../contract/domain/openCall.ts'
import { groupUsage } from '../../contract/domain/price.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import type { DerivedTurn, KnownExchange, TurnSummary } from './reduced.ts'

/** What a session needs of a turn, which was folded from these exchanges. */
export function summarizeTurn(turn: DerivedTurn, exchanges: KnownExchange[]): TurnSummary {
  const { items, exchanges: _exchanges, ...rest } = turn
  const asked = exchanges.filter(({ exchange }) => exchange.kind === 'turn' || exchange.kind === 'compaction')
  const openCall = findOpenCall(turn)
  const last = (asked.at(-1) ?? exchanges.at(-1)) as KnownExchange
  return {
    ...rest,
    thread: last.thread,
    launchId: last.launchId,
    cwd: exchanges.findLast(({ cwd }) => cwd !== null)?.cwd ?? null,
    workingFolder: exchanges.findLast(({ workingFolder }) => workingFolder !== null)?.workingFolder ?? null,
    git: exchanges.find(({ git }) => git !== null)?.git ?? null,
    accountMode: last.exchange.accountMode,
    credential: last.exchange.credential,
    plan: exchanges.findLast(({ exchange, plan }) => exchange.accountMode === 'chatgpt' && plan !== null)?.plan ?? null,
    exchangeCount: exchanges.length,
    usageGroups: groupUsage(turn.exchanges),
    hasEdits: items.some((item) => item.type === 'toolCall' && item.patch !== null),
    hasErrors: turn.status === 'failed' || items.some(({ type }) => type === 'error'),
    errorMessage: turn.status === 'failed' ? last.exchange.errorMessage : null,
    ...(openCall && { openCall }),
  }
}

function findOpenCall({ status, items }: DerivedTurn): OpenCall | null {
  if (status !== 'live') return null
  const call = items.findLast((item): item is ToolCall => item.type === 'toolCall' && item.status === 'running')
  return call ? { what: nameCall(call), since: call.at } : null
}
