import type { AccountMode } from '../../contract/domain/account.ts'
import { groupUsage, priceGroups } from '../../contract/domain/price.ts'
import type { Usage } from '../../contract/domain/usage.ts'
import { cachedPercent, formatPercent, formatTokens } from '../ui/formatting.ts'
import { explainCost, formatCost } from '../ui/money.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { Legend, type Segment, StackedBar } from './StackedBar.tsx'
import { usePrices } from './usePrices.ts'

/** Tokens by kind, and what they cost. */
export function UsageSection({
  usage,
  exchanges,
  accountMode,
}: {
  usage: Usage | null
  exchanges: { model: string | null; usage: Usage | null }[]
  accountMode: AccountMode | null
}) {
  if (!usage || usage.totalTokens <= 0) {
    return (
      <Section title="Usage">
        <p className={styles.note}>OpenAI reported no tokens.</p>
      </Section>
    )
  }
  const cached = cachedPercent(usage)
  const segments = segmentsOf(usage)
  return (
    <Section title="Usage" value={`${formatTokens(usage.totalTokens)} tokens`}>
      <StackedBar segments={segments} />
      <Legend segments={segments} />
      {cached !== null && <p className={styles.note}>{formatPercent(cached)} of the input came from the cache.</p>}
      <Price exchanges={exchanges} accountMode={accountMode} />
    </Section>
  )
}

function segmentsOf(usage: Usage): Segment[] {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens)
  const reasoning = Math.min(usage.reasoningTokens, usage.outputTokens)
  const segment = (name: string, value: number, tone: Segment['tone'], told = value) => ({
    name,
    value,
    words: formatTokens(told),
    tone,
  })
  return [
    segment('Cached', cached, 'cached'),
    segment('Fresh', usage.inputTokens - cached, 'fresh'),
    // All that was billed as output; in the bar what was thought stands beside the rest of it.
    segment('Output', usage.outputTokens - reasoning, 'output', usage.outputTokens),
    segment('of which reasoning', reasoning, 'reasoning'),
  ]
}

function Price({
  exchanges,
  accountMode,
}: {
  exchanges: { model: string | null; usage: Usage | null }[]
  accountMode: AccountMode | null
}) {
  const prices = usePrices()
  if (!prices) return null
  const groups = groupUsage(exchanges)
  const cost = priceGroups(prices.table, groups)
  if (!cost) {
    const models = groups.map(({ model }) => model ?? 'this model')
    return (
      <p className={styles.note}>
        No price is known for {models.join(', ')}. Put one into prices.json in the data folder.
      </p>
    )
  }
  return (
    <>
      <p className={styles.price}>{formatCost(cost.usd, accountMode)}</p>
      <p className={styles.note}>
        {explainCost(accountMode, cost)} Prices of {prices.table.asOf}: {prices.table.source}. Edit prices.json in the
        data folder to correct them.
        {prices.problem !== null && <b> {prices.problem}</b>}
      </p>
    </>
  )
}
