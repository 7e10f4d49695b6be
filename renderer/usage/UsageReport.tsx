import { ChartNoAxesColumn } from 'lucide-react'
import { useMemo } from 'react'
import type { Result } from '../../contract/api.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import type { Prices } from '../inspector/usePrices.ts'
import { formatRoute } from '../shell/route.ts'
import { Empty } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { AmountsProvider, paidBy } from './amounts.ts'
import { Breakdown } from './Breakdown.tsx'
import { ChosenMembers } from './ChosenMembers.tsx'
import { Costliest } from './Costliest.tsx'
import { Figures } from './Figures.tsx'
import { UsageLimits } from './UsageLimits.tsx'
import { UsageOverTime } from './UsageOverTime.tsx'
import styles from './UsagePage.module.css'
import {
  type Bucket,
  type BucketLength,
  bucketUsage,
  findDearest,
  localDay,
  nextBucket,
  queryForBucket,
  startOf,
} from './usageBuckets.ts'
import { queryForChoice } from './usageQuery.ts'
import { sortByCost } from './usageSeries.ts'
import { beginOfDay } from './usageTimes.ts'
import { chooseRows, type SplitBy, type UsageView } from './usageView.ts'
import { useCostliest } from './useUsage.ts'

/** All that is told of a time, or of one day of it, of everything or of what is chosen. */
export function UsageReport({
  usage,
  prices,
  since,
  today,
  days,
  view,
  onView,
}: {
  usage: Result<'usage/read'>
  prices: Prices
  since: number
  today: string
  /** Null for all. */
  days: number | null
  view: UsageView
  onView(change: Partial<UsageView>): void
}) {
  const { model, project } = view
  const { table } = prices
  const firstOfRange = since > 0 ? localDay(since) : ''
  const [rows, rowsBefore] = useMemo(() => splitAt(usage.rows, firstOfRange), [usage, firstOfRange])
  const chosen = useMemo(() => chooseRows(rows, { model, project }), [rows, model, project])
  const chosenBefore = useMemo(() => chooseRows(rowsBefore, { model, project }), [rowsBefore, model, project])
  const lastDay = rows.reduce((last, { day }) => (day > last ? day : last), today)
  const firstDay = firstOfRange || rows.reduce((first, { day }) => (day < first ? day : first), today)
  const times = useMemo(
    () => bucketUsage(chosen, { firstDay, lastDay, today, prices: table }),
    [chosen, firstDay, lastDay, today, table],
  )
  const { length } = times
  const dearest = findDearest(times.buckets)
  const bucket = times.buckets.find(({ key }) => key === view.at) ?? null
  const costliest = useCostliest({
    since: bucket ? beginOfDay(bucket.key) : since,
    until: bucket ? beginOfDay(nextBucket(bucket.key, length)) : null,
    models: model,
    projects: project,
  })
  const whole = days === null ? 'All time' : `Last ${days} days`
  if (rows.length === 0) {
    return (
      <div className={styles.center}>
        <Empty icon={ChartNoAxesColumn} title="Nothing was used" command="tapedeck codex">
          {days === null
            ? 'What Codex uses is counted here, from its first answer on.'
            : `Not one request in ${days} days. A longer time may have some.`}
        </Empty>
      </div>
    )
  }
  if (chosen.length === 0) {
    return (
      <div className={styles.page}>
        <ChosenMembers view={view} />
        <Empty icon={ChartNoAxesColumn} title="Nothing of this was used">
          Not in this time. Show all again above, or look further back.
        </Empty>
      </div>
    )
  }
  const breakdown = (by: SplitBy) => {
    const other: SplitBy[] = [by === 'model' ? 'project' : 'model']
    const within = bucket ? rows.filter(({ day }) => startOf(day, length) === bucket.key) : rows
    const sum = (some: UsageRow[]) => sortByCost(sumUsage(chooseRows(some, view, other), (row) => row[by], table))
    return (
      <Breakdown
        by={by}
        time={bucket?.name ?? null}
        sums={sum(within)}
        sumsBefore={bucket || rowsBefore.length === 0 ? null : sum(rowsBefore)}
        view={view}
      />
    )
  }
  return (
    <AmountsProvider value={paidBy(chosen)}>
      <div className={styles.page}>
        <ChosenMembers view={view} />
        <Figures
          rows={chosen}
          rowsBefore={chosenBefore}
          days={days}
          dearest={dearest && { ...dearest, href: formatRoute({ page: 'usage', view: { ...view, at: dearest.key } }) }}
          prices={prices}
        />
        <UsageLimits />
        <UsageOverTime
          rows={rows}
          times={times}
          prices={table}
          view={view}
          whole={whole}
          today={today}
          onView={onView}
        />
        <div className={styles.beside}>
          <div className={styles.columns}>
            {breakdown('project')}
            {breakdown('model')}
          </div>
          <Costliest
            known={costliest}
            time={bucket?.name ?? whole}
            query={queryForChoice(timeQuery(bucket, length, firstOfRange), view)}
          />
        </div>
        <Notes prices={prices} timeZone={usage.timeZone} />
      </div>
    </AmountsProvider>
  )
}

function timeQuery(bucket: Bucket | null, length: BucketLength, firstOfRange: string): string {
  if (bucket) return queryForBucket(bucket, length)
  return firstOfRange === '' ? '' : `after:${firstOfRange}`
}

/** Days are told so that the later one sorts behind. */
function splitAt(rows: UsageRow[], firstDay: string): [within: UsageRow[], before: UsageRow[]] {
  return [rows.filter(({ day }) => day >= firstDay), rows.filter(({ day }) => day < firstDay)]
}

function Notes({ prices, timeZone }: { prices: Prices; timeZone: string }) {
  return (
    <footer className={styles.notes}>
      <p>
        Prices of {prices.table.asOf}: {revealControls(prices.table.source)}. Edit prices.json in the data folder to
        correct them.
        {prices.problem !== null && <b> {revealControls(prices.problem)}</b>}
      </p>
      <p>
        Days of {timeZone}, the time zone here. Counted is what belongs to a session that is kept; the titles that Codex
        makes by itself are not.
      </p>
    </footer>
  )
}
