import { cachedPercent, formatPercent } from '../ui/formatting.ts'
import { useFormatAmount } from './amounts.ts'
import { countTokens, tokenKinds } from './tokenKinds.ts'
import styles from './UsagePage.module.css'
import { type Bucket, type BucketLength, nameLength } from './usageBuckets.ts'

const exact = (count: number) => count.toLocaleString('en')

/** The numbers of the charts, not rounded; the newest first. */
export function UsageTable({
  buckets,
  total,
  length,
  linkOf,
}: {
  buckets: Bucket[]
  total: Pick<Bucket, 'usd' | 'requestCount' | 'usage'>
  length: BucketLength
  /** Where a time leads to its sessions; not where the table is read and not seen. */
  linkOf?(index: number): string | null
}) {
  return (
    <table className={styles.table} aria-label="Usage over time">
      <caption>Tokens and cost</caption>
      <thead>
        <tr>
          <th scope="col">{nameLength(length)}</th>
          <th scope="col">Cost</th>
          <th scope="col">Requests</th>
          <th scope="col">Cached</th>
          <th scope="col">Fresh</th>
          <th scope="col">Output</th>
          <th scope="col">of which reasoning</th>
          <th scope="col">From cache</th>
        </tr>
      </thead>
      <tbody>
        {buckets
          .map((bucket, index) => {
            const link = bucket.requestCount > 0 ? linkOf?.(index) : null
            return (
              <tr key={bucket.key} data-empty={bucket.requestCount === 0 || undefined}>
                <th scope="row">{link ? <a href={link}>{bucket.name}</a> : bucket.name}</th>
                <Cells sum={bucket} />
              </tr>
            )
          })
          .toReversed()}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <Cells sum={total} />
        </tr>
      </tfoot>
    </table>
  )
}

function Cells({ sum: { usd, requestCount, usage } }: { sum: Pick<Bucket, 'usd' | 'requestCount' | 'usage'> }) {
  const formatAmount = useFormatAmount()
  const kinds = countTokens(usage)
  const percent = cachedPercent(usage)
  return (
    <>
      <td>{usd === null ? '–' : formatAmount(usd)}</td>
      <td>{exact(requestCount)}</td>
      {tokenKinds.map((kind) => (
        <td key={kind}>{exact(kinds[kind])}</td>
      ))}
      <td>{percent === null ? '–' : formatPercent(percent)}</td>
    </>
  )
}
