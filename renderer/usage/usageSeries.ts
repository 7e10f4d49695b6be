import type { PriceTable } from '../../contract/domain/price.ts'
import { sumUsage, type UsageRow, type UsageSum } from '../../contract/domain/usageReport.ts'
import { type BucketLength, startOf } from './usageBuckets.ts'
import type { Member, SplitBy } from './usageView.ts'

/** More colours than this nobody tells apart; the others share one. */
const mostSeries = 6

/** One colour of a chart: a model or a project, or all those that are too small to have one of their own. */
export interface Series {
  id: string
  /** What it is called in the rows; of the others, all of them. */
  members: Member[]
  isRest: boolean
  /** `1` to `6`, and `rest`. */
  tone: string
  sum: Omit<UsageSum<unknown>, 'key'>
}

/** What cost most comes first; what has no price, by its tokens. */
export function sortByCost<S extends Pick<UsageSum<unknown>, 'usd' | 'usage'>>(sums: S[]): S[] {
  return sums.toSorted((a, b) => (b.usd ?? 0) - (a.usd ?? 0) || b.usage.totalTokens - a.usage.totalTokens)
}

/** What is chosen has a colour of its own, however small it is, unless it is all of those that share one. */
export function layOutSeries(
  rows: UsageRow[],
  { by, chosen, prices }: { by: SplitBy; chosen: Member[]; prices: PriceTable },
): Series[] {
  const sums = sortByCost(sumUsage(rows, (row) => row[by], prices))
  const named = findNamed(sums, new Set(chosen))
  const series = named.map(({ key, ...sum }, index): Series => {
    const tone = index < mostSeries ? String(index + 1) : 'rest'
    return { id: `one ${key}`, members: [key], isRest: false, tone, sum }
  })
  const others = new Set(sums.filter((sum) => !named.includes(sum)).map(({ key }) => key))
  if (others.size === 0) return series
  const [sum] = sumUsage(
    rows.filter((row) => others.has(row[by])),
    () => null,
    prices,
  )
  return sum ? [...series, { id: 'rest', members: [...others], isRest: true, tone: 'rest', sum }] : series
}

function findNamed<S extends { key: Member }>(sums: S[], chosen: Set<Member>): S[] {
  // One more needs no name for many.
  if (sums.length <= mostSeries + 1) return sums
  const small = sums.slice(mostSeries)
  const asked = small.filter(({ key }) => chosen.has(key))
  if (asked.length === 0 || asked.length === small.length || asked.length > mostSeries) return sums.slice(0, mostSeries)
  return [...sums.slice(0, mostSeries - asked.length), ...asked]
}

export type BucketSums = Map<string, UsageSum<string>>

/** What each series used in each bucket, by the bucket's key. */
export function stackSeries(
  rows: UsageRow[],
  series: Series[],
  { by, length, prices }: { by: SplitBy; length: BucketLength; prices: PriceTable },
): BucketSums[] {
  return series.map(({ members }) => {
    const own = new Set(members)
    const sums = sumUsage(
      rows.filter((row) => own.has(row[by])),
      ({ day }) => startOf(day, length),
      prices,
    )
    return new Map(sums.map((sum) => [sum.key, sum]))
  })
}
