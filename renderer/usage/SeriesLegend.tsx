import type { ReactNode } from 'react'
import { formatTokens } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import styles from './UsageCharts.module.css'
import { Swatch } from './UsageStrip.tsx'
import type { Series } from './usageSeries.ts'

export interface LegendEntry {
  series: Series
  name: string
  /** Where the name is short for something. */
  fullName?: string
  /** In the time that is told of; null for nothing. */
  sum: Pick<Series['sum'], 'usd' | 'usage'> | null
}

/** Which colour is what, and how much it was. A press leaves that one alone in the charts, another brings all back. */
export function SeriesLegend({
  label,
  entries,
  only,
  onOnly,
}: {
  label: string
  entries: LegendEntry[]
  only: string | null
  onOnly(id: string | null): void
}) {
  return (
    <ul className={styles.legend} aria-label={label}>
      {entries.map(({ series, name, fullName, sum }) => (
        <li key={series.id}>
          <button
            type="button"
            aria-pressed={only === series.id}
            data-faded={(only !== null && only !== series.id) || undefined}
            title={`${fullName ?? name}: ${only === series.id ? 'show all again' : 'show only this'}`}
            onClick={() => onOnly(only === series.id ? null : series.id)}
          >
            <Swatch tone={series.tone} />
            <span className={styles.legendName}>{name}</span>
            <span className={styles.legendValue}>{amountOf(sum)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function amountOf(sum: LegendEntry['sum']): ReactNode {
  if (sum === null) return '–'
  return sum.usd === null ? `${formatTokens(sum.usage.totalTokens)} tok, no price` : formatUsd(sum.usd)
}
