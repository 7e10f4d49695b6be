import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import type { Prices } from '../inspector/usePrices.ts'
import { cachedPercent, formatCount, formatPercent, formatTokens } from '../ui/formatting.ts'
import { explainCost } from '../ui/money.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { useFormatAmount } from './amounts.ts'
import { describeChange } from './describeChange.ts'
import { describeTotalCost } from './describeTotalCost.ts'
import styles from './UsagePage.module.css'

/** The totals of a time, and how they stand to those of the time before it. */
export function Figures({
  rows,
  rowsBefore,
  days,
  dearest,
  prices,
}: {
  rows: UsageRow[]
  rowsBefore: UsageRow[]
  /** Null for all, before which there is nothing. */
  days: number | null
  /** The day, week or month that cost most, and what shows more of it; null where none stands out. */
  dearest: { name: string; usd: number; href: string } | null
  prices: Prices
}) {
  const formatAmount = useFormatAmount()
  const [total] = sumUsage(rows, () => null, prices.table)
  const [before] = sumUsage(rowsBefore, () => null, prices.table)
  if (!total) return null
  const cost = describeTotalCost(rows, prices.table)
  const percent = cachedPercent(total.usage)
  const percentBefore = before ? cachedPercent(before.usage) : null
  const { inputTokens, outputTokens, totalTokens } = total.usage
  const activeDays = new Set(rows.map(({ day }) => day)).size
  const usdBefore = before?.usd ?? null
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Cost</dt>
        <dd>{cost.sum}</dd>
        <dd>{cost.words}</dd>
        <Change
          text={describeChange(total.usd, usdBefore)}
          before={usdBefore === null ? '' : formatAmount(usdBefore)}
          days={days}
        />
      </div>
      <div>
        <dt>Per active day</dt>
        <dd>{total.usd === null ? '–' : formatAmount(total.usd / activeDays)}</dd>
        <dd>{days === null ? `on ${formatCount(activeDays, 'day')}` : `on ${activeDays} of ${days} days`}</dd>
        {dearest && (
          <dd className={styles.change}>
            most: <a href={dearest.href}>{dearest.name}</a>, {formatAmount(dearest.usd)}
          </dd>
        )}
      </div>
      <div>
        <dt>Tokens</dt>
        <dd>{formatTokens(totalTokens)}</dd>
        <dd>
          {formatTokens(inputTokens)} in, {formatTokens(outputTokens)} out
        </dd>
        <Change
          text={describeChange(totalTokens, before?.usage.totalTokens ?? null)}
          before={before ? formatTokens(before.usage.totalTokens) : ''}
          days={days}
        />
      </div>
      <div>
        <dt>From the cache</dt>
        <dd>{percent === null ? '–' : formatPercent(percent)}</dd>
        <dd>of the input</dd>
        <Change
          text={percentBefore === null ? null : `${formatPercent(percentBefore)} before`}
          before={percentBefore === null ? '' : formatPercent(percentBefore)}
          days={days}
        />
      </div>
      <div>
        <dt>Requests</dt>
        <dd>{total.requestCount.toLocaleString('en')}</dd>
        <dd>{formatTokens(Math.round(totalTokens / total.requestCount))} tokens each</dd>
        <Change
          text={describeChange(total.requestCount, before?.requestCount ?? null)}
          before={before ? before.requestCount.toLocaleString('en') : ''}
          days={days}
        />
      </div>
      {total.unpriced.length > 0 && (
        <p className={styles.unpriced}>
          {explainCost('apiKey', { unpriced: total.unpriced.map(revealControls) })} Put one into prices.json in the data
          folder.
        </p>
      )}
    </dl>
  )
}

/** Against the time before, whose own number is in the tooltip. */
function Change({ text, before, days }: { text: string | null; before: string; days: number | null }) {
  if (text === null || days === null) return null
  const said = /(more|less|much)$/.test(text) ? `${text} than before` : text
  return (
    <dd className={styles.change} title={`${before} in the ${days} days before`}>
      {said.replace(/as much than/, 'as much as')}
    </dd>
  )
}
