import { useFormatAmount } from './amounts.ts'
import styles from './UsagePage.module.css'
import { type Bucket, type BucketLength, nameLength } from './usageBuckets.ts'
import type { BucketSums } from './usageSeries.ts'

/** What the colours of the cost stand for, in numbers; the newest first. */
export function SeriesTable({
  label,
  caption,
  heads,
  buckets,
  length,
  stacks,
  totals,
}: {
  label: string
  caption: string
  heads: string[]
  buckets: Bucket[]
  length: BucketLength
  stacks: BucketSums[]
  totals: (number | null)[]
}) {
  const formatAmount = useFormatAmount()
  const format = (usd: number | null) => (usd === null ? '–' : formatAmount(usd))
  return (
    <table className={styles.table} aria-label={label}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{nameLength(length)}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.toReversed().map(({ key, name, requestCount }) => (
          <tr key={key} data-empty={requestCount === 0 || undefined}>
            <th scope="row">{name}</th>
            {stacks.map((sums, index) => {
              return <td key={heads[index]}>{format(sums.get(key)?.usd ?? null)}</td>
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          {totals.map((usd, index) => (
            <td key={heads[index]}>{format(usd)}</td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}
