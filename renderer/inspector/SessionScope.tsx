import { useMemo } from 'react'
import { groupUsage, mergeGroups, priceGroups, type UsageGroup } from '../../contract/domain/price.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useNow } from '../ui/clock.ts'
import { cachedPercent, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { describeRequests } from './describeRequests.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import type { Selection } from './selectExchange.ts'
import { TimeSection } from './TimeSection.tsx'
import { TokensChart } from './TokensChart.tsx'
import { addTimes, splitTime } from './timeSplit.ts'
import { UsageSection } from './UsageSection.tsx'
import { usePrices } from './usePrices.ts'

/** All of a session: its tokens over time, where the time went, and what each model of it used. */
export function SessionScope({
  session,
  turns,
  isTable,
  onTable,
  onShow,
}: {
  session: Session
  turns: Turn[]
  isTable: boolean
  onTable(isTable: boolean): void
  onShow(selection: Selection): void
}) {
  const now = useNow(session.status === 'live')
  const exchanges = useMemo(() => turns.flatMap((turn) => turn.exchanges), [turns])
  const groups = useMemo(() => mergeByModel(groupUsage(exchanges)), [exchanges])
  // Sub-agents work while their parent waits for them: their time is a part of its time.
  const split = useMemo(() => {
    const agents = new Set(session.threads.filter(({ parentThreadId }) => parentThreadId !== null).map(({ id }) => id))
    return addTimes(turns.filter(({ threadId }) => !agents.has(threadId)).map((turn) => splitTime(turn, now)))
  }, [session.threads, turns, now])
  const { count, besides } = useMemo(() => describeRequests(turns, session.exchangeCount), [turns, session])
  return (
    <>
      <TokensChart turns={turns} isTable={isTable} onTable={onTable} onShow={onShow} />
      <Section title="Requests" value={count}>
        {besides !== null && <p className={styles.note}>{besides}</p>}
      </Section>
      <TimeSection split={split} />
      <UsageSection usage={session.usage} exchanges={exchanges} accountMode={session.accountMode} />
      {groups.length > 0 && <Models session={session} exchanges={exchanges} groups={groups} />}
    </>
  )
}

function Models({
  session,
  exchanges,
  groups,
}: {
  session: Session
  exchanges: Turn['exchanges']
  groups: UsageGroup[]
}) {
  const prices = usePrices()
  const costOf = (model: string | null) =>
    prices && priceGroups(prices.table, groupUsage(exchanges.filter((exchange) => exchange.model === model)))
  return (
    <Section title="Models">
      <table className={styles.kinds}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Input</th>
            <th scope="col">Cached</th>
            <th scope="col">Output</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ model, usage }) => {
            const cost = costOf(model)
            const cached = cachedPercent(usage)
            return (
              <tr key={model}>
                <th scope="row">{revealControls(model ?? 'unknown')}</th>
                <td>{formatTokens(usage.inputTokens)}</td>
                <td>{cached === null ? '' : formatPercent(cached)}</td>
                <td>{formatTokens(usage.outputTokens)}</td>
                <td>{cost ? formatShortCost(cost.usd, session.accountMode) : prices ? 'no price' : ''}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}

/** Short and long requests of one model are one row. */
function mergeByModel(groups: UsageGroup[]): UsageGroup[] {
  return mergeGroups(groups.map((group) => ({ ...group, isLong: false })))
}
