import { formatRoute } from '../shell/route.ts'
import { cachedPercent, formatPercent } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import { splitTokens } from './tokenKinds.ts'
import styles from './UsagePage.module.css'
import { type Bucket, type BucketLength, queryForBucket } from './usageBuckets.ts'

const heads: Record<BucketLength, string> = { day: 'Day', week: 'Week', month: 'Month' }
const exact = (count: number) => count.toLocaleString('en')

/** The numbers of the charts, not rounded; the newest first. */
export function UsageTable({
  buckets,
  length,
  isLinked = false,
}: {
  buckets: Bucket[]
  length: BucketLength
  /** Whether a time leads to its sessions; not where the table is read and not seen. */
  isLinked?: boolean
}) {
  return (
    <table className={styles.table} aria-label="Usage over time">
      <thead>
        <tr>
          <th scope="col">{heads[length]}</th>
          <th scope="col">Cost</th>
          <th scope="col">Requests</th>
          <th scope="col">Cached</th>
          <th scope="col">Fresh</th>
          <th scope="col">Reasoning</th>
          <th scope="col">Output</th>
          <th scope="col">From cache</th>
        </tr>
      </thead>
      <tbody>
        {buckets.toReversed().map((bucket) => {
          const kinds = splitTokens(bucket.usage)
          const percent = cachedPercent(bucket.usage)
          return (
            <tr key={bucket.key} data-empty={bucket.requestCount === 0 || undefined}>
              <th scope="row">
                {isLinked && bucket.requestCount > 0 ? (
                  <a href={formatRoute({ page: 'sessions', query: queryForBucket(bucket, length) })}>{bucket.name}</a>
                ) : (
                  bucket.name
                )}
              </th>
              <td>{bucket.usd === null ? '–' : formatUsd(bucket.usd)}</td>
              <td>{exact(bucket.requestCount)}</td>
              <td>{exact(kinds.cached)}</td>
              <td>{exact(kinds.fresh)}</td>
              <td>{exact(kinds.reasoning)}</td>
              <td>{exact(kinds.output)}</td>
              <td>{percent === null ? '–' : formatPercent(percent)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
