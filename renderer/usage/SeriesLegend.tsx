import type { ReactNode } from 'react'
import { formatTokens } from '../ui/formatting.ts'
import { type FormatAmount, useFormatAmount } from './amounts.ts'
import styles from './UsageCharts.module.css'
import { Swatch } from './UsageStrip.tsx'
import type { Series } from './usageSeries.ts'
import type { Member } from './usageView.ts'

export interface LegendEntry {
  series: Series
  name: string
  /** Where the name is short for something. */
  fullName?: string
  isShown: boolean
  /** In the time that is told of; null for nothing. */
  sum: Pick<Series['sum'], 'usd' | 'usage'> | null
}

/**
 * Which colour is what, and how much it was. A press leaves that one alone in all that the page tells, another brings all back;
 * with Shift it is taken out, and put back.
 */
export function SeriesLegend({
  label,
  entries,
  isNarrowed,
  onAlone,
  onToggle,
}: {
  label: string
  entries: LegendEntry[]
  /** Some are not shown. */
  isNarrowed: boolean
  onAlone(members: Member[]): void
  onToggle(members: Member[]): void
}) {
  const formatAmount = useFormatAmount()
  const shownCount = entries.filter(({ isShown }) => isShown).length
  return (
    <ul className={styles.legend} aria-label={label}>
      {entries.map(({ series, name, fullName, isShown, sum }) => {
        const isAlone = isNarrowed && isShown && shownCount === 1
        return (
          <li key={series.id}>
            <button
              type="button"
              aria-pressed={isNarrowed && isShown}
              data-faded={!isShown || undefined}
              title={`${fullName ?? name}: ${isAlone ? 'show all again' : 'show only this'}; with Shift ${isShown ? 'leave it out' : 'put it back'}`}
              onClick={(event) => (event.shiftKey ? onToggle(series.members) : onAlone(series.members))}
            >
              <Swatch tone={series.tone} />
              <span className={styles.legendName}>{name}</span>
              <span className={styles.legendValue}>{amountOf(sum, formatAmount)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function amountOf(sum: LegendEntry['sum'], formatAmount: FormatAmount): ReactNode {
  if (sum === null) return '–'
  return sum.usd === null ? `${formatTokens(sum.usage.totalTokens)} tok, no price` : formatAmount(sum.usd)
}
