import { useState } from 'react'
import type { UsageSum } from '../../contract/domain/usageReport.ts'
import { formatRoute } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { cachedPercent, formatNumber, formatPercent, formatTokens } from '../ui/formatting.ts'
import { useFormatAmount } from './amounts.ts'
import { describeDifference } from './describeChange.ts'
import { nameApart, nameMemberWhole } from './nameMember.ts'
import styles from './UsagePage.module.css'
import { isShown, type Member, pressAlone, type SplitBy, type UsageView } from './usageView.ts'

/** Of more than this the small ones wait until they are asked for. */
const fewRows = 10

/**
 * Who used how much, the most expensive first; a press narrows the page to it. The bar is a part of the whole cost, or of the
 * tokens where nothing has a price.
 */
export function Breakdown({
  by,
  time,
  sums,
  sumsBefore,
  view,
}: {
  by: SplitBy
  /** What the time is called, where it is not that of the page. */
  time: string | null
  sums: UsageSum<Member>[]
  /** Of as long a time before; null where there is none. */
  sumsBefore: UsageSum<Member>[] | null
  view: UsageView
}) {
  const formatAmount = useFormatAmount()
  const [isWhole, setWhole] = useState(false)
  const title = `By ${by}`
  const hasCost = sums.some(({ usd }) => usd !== null)
  const weigh = ({ usd, usage }: UsageSum<Member>) => (hasCost ? (usd ?? 0) : usage.totalTokens)
  const whole = sums.reduce((total, sum) => total + weigh(sum), 0)
  const before = sumsBefore && new Map(sumsBefore.map(({ key, usd }) => [key, usd]))
  const names = nameApart(
    sums.map(({ key }) => key),
    by,
  )
  const shown =
    isWhole || sums.length <= fewRows + 1
      ? sums
      : sums.filter(({ key }, index) => index < fewRows || view[by].includes(key))
  return (
    <section className={styles.block}>
      <h2>
        {title} {time !== null && <span>{time}</span>}
      </h2>
      <table className={styles.breakdown} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{by === 'model' ? 'Model' : 'Project'}</th>
            <th scope="col">Tokens</th>
            <th scope="col">Cached</th>
            {before && <th scope="col">Change</th>}
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((sum) => {
            const percent = cachedPercent(sum.usage)
            const isChosen = view[by].length > 0 && isShown(view[by], [sum.key])
            return (
              <tr key={sum.key ?? ''} data-faded={!isShown(view[by], [sum.key]) || undefined}>
                <th scope="row">
                  <a
                    href={formatRoute({ page: 'usage', view: { ...view, [by]: pressAlone(view[by], [sum.key]) } })}
                    aria-current={isChosen || undefined}
                    title={`${nameMemberWhole(sum.key, by)}: ${isChosen && view[by].length === 1 ? 'show all again' : 'show only this'}`}
                  >
                    {names.get(sum.key)}
                  </a>
                  <span className={styles.share} aria-hidden>
                    <span style={{ width: `${whole > 0 ? (100 * weigh(sum)) / whole : 0}%` }} />
                  </span>
                </th>
                <td>{formatTokens(sum.usage.totalTokens)}</td>
                <td>{percent === null ? '–' : formatPercent(percent)}</td>
                {before && <td>{describeDifference(sum.usd, before.get(sum.key))}</td>}
                <td>{sum.usd === null ? 'no price' : formatAmount(sum.usd)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {shown.length < sums.length && (
        <Button tone="plain" className={styles.rest} onClick={() => setWhole(true)}>
          Show all {formatNumber(sums.length)}
        </Button>
      )}
    </section>
  )
}
