import type { ReactNode } from 'react'
import type { UsageSum } from '../../contract/domain/usageReport.ts'
import { cachedPercent, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import styles from './UsagePage.module.css'

/** Who used how much, the most expensive first. The bar is a part of the whole cost, or of the tokens where nothing has a price. */
export function Breakdown({
  title,
  head,
  sums,
  nameOf,
}: {
  title: string
  head: string
  sums: UsageSum<string | null>[]
  nameOf(key: string | null): ReactNode
}) {
  const hasCost = sums.some(({ usd }) => usd !== null)
  const weigh = ({ usd, usage }: UsageSum<string | null>) => (hasCost ? (usd ?? 0) : usage.totalTokens)
  const whole = sums.reduce((total, sum) => total + weigh(sum), 0)
  return (
    <section className={styles.block}>
      <h2>{title}</h2>
      <table className={styles.breakdown} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">Tokens</th>
            <th scope="col">Cached</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {sums.map((sum) => {
            const percent = cachedPercent(sum.usage)
            return (
              <tr key={sum.key ?? ''}>
                <th scope="row">
                  {nameOf(sum.key)}
                  <span className={styles.share} aria-hidden>
                    <span style={{ width: `${whole > 0 ? (100 * weigh(sum)) / whole : 0}%` }} />
                  </span>
                </th>
                <td>{formatTokens(sum.usage.totalTokens)}</td>
                <td>{percent === null ? '–' : formatPercent(percent)}</td>
                <td>{sum.usd === null ? 'no price' : formatUsd(sum.usd)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
