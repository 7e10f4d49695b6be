import { useMemo, useState } from 'react'
import type { PriceTable } from '../../contract/domain/price.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import { formatRoute, goTo, type Route } from '../shell/route.ts'
import { Choice } from '../ui/Choice.tsx'
import { formatCount } from '../ui/formatting.ts'
import { useFormatAmount } from './amounts.ts'
import { nameApart, nameMemberWhole } from './nameMember.ts'
import { SaveNumbers } from './SaveNumbers.tsx'
import { SeriesLegend } from './SeriesLegend.tsx'
import { SeriesTable } from './SeriesTable.tsx'
import { UsageCharts } from './UsageCharts.tsx'
import styles from './UsagePage.module.css'
import { UsageTable } from './UsageTable.tsx'
import { type Bucket, type BucketLength, queryForBucket } from './usageBuckets.ts'
import { queryForChoice } from './usageQuery.ts'
import { layOutSeries, type Series, stackSeries } from './usageSeries.ts'
import { chooseRows, isShown, pressAlone, pressToggle, type SplitBy, splitKeys, type UsageView } from './usageView.ts'

const splits = [
  ['model', 'Model'],
  ['project', 'Project'],
] as const

export interface UsageTimes {
  length: BucketLength
  /** Of what is chosen. */
  buckets: Bucket[]
  needsYears: boolean
}

/** What was used day by day, of which the colours of the cost are models or projects; as a drawing, or as its numbers. */
export function UsageOverTime({
  rows,
  times: { length, buckets, needsYears },
  prices,
  view,
  whole,
  today,
  onView,
}: {
  /** Of the whole time, chosen or not. */
  rows: UsageRow[]
  times: UsageTimes
  prices: PriceTable
  view: UsageView
  /** What all of the time is called. */
  whole: string
  today: string
  onView(change: Partial<UsageView>): void
}) {
  const [pointed, setPointed] = useState<number | null>(null)
  const { by, model, project } = view
  const members = view[by]
  const chosen = useMemo(() => chooseRows(rows, { model, project }), [rows, model, project])
  // Each keeps its colour, whichever of them are chosen.
  const coloured = useMemo(
    () =>
      chooseRows(
        rows,
        { model, project },
        splitKeys.filter((key) => key !== by),
      ),
    [rows, model, project, by],
  )
  const formatAmount = useFormatAmount()
  const series = useMemo(() => layOutSeries(coloured, { by, chosen: members, prices }), [coloured, by, members, prices])
  const stacks = useMemo(
    () => stackSeries(coloured, series, { by, length, prices }),
    [coloured, series, by, length, prices],
  )
  const chosenStacks = useMemo(
    () => stackSeries(chosen, series, { by, length, prices }),
    [chosen, series, by, length, prices],
  )
  const total = useMemo(() => sumUsage(chosen, () => null, prices)[0], [chosen, prices])
  const names = useMemo(() => nameSeries(series, by), [series, by])
  if (!total) return null
  const settled = view.at === null ? -1 : buckets.findIndex(({ key }) => key === view.at)
  const at = pointed ?? (settled === -1 ? null : settled)
  const bucket = (at === null ? undefined : buckets[at]) ?? null
  const told = bucket ?? total
  const shown = series.flatMap(({ members: own, tone }, index) => {
    const sums = chosenStacks[index]
    return sums && isShown(members, own) ? [{ tone, name: names[index]?.name ?? '', sums }] : []
  })
  const entries = series.map((each, index) => ({
    series: each,
    name: '',
    ...names[index],
    isShown: isShown(members, each.members),
    sum: bucket ? (stacks[index]?.get(bucket.key) ?? null) : each.sum,
  }))
  const sessionsOf = (index: number): Route | null => {
    const place = buckets[index]
    const query = place ? queryForChoice(queryForBucket(place, length), { model, project }) : null
    return query === null ? null : { page: 'sessions', query, sort: 'cost' }
  }
  const linkOf = (index: number) => {
    const route = sessionsOf(index)
    return route ? formatRoute(route) : null
  }
  const settledLink = settled === -1 || at !== settled || told.requestCount === 0 ? null : linkOf(settled)
  const head = (
    <div className={styles.timeHead}>
      <p className={styles.told}>
        <b>{bucket?.name ?? whole}</b>
        {told.requestCount === 0 ? (
          <span>nothing</span>
        ) : (
          <>
            <span>{told.usd === null ? 'no price' : formatAmount(told.usd)}</span>
            <span>{formatCount(told.requestCount, 'request')}</span>
          </>
        )}
        {settledLink !== null && <a href={settledLink}>Show the sessions</a>}
      </p>
      <span className={styles.split}>
        <span>Cost by</span>
        <Choice label="Cost by" value={by} options={splits} onChange={(wanted) => onView({ by: wanted })} />
        <SaveNumbers rows={chosen} prices={prices} today={today} />
      </span>
    </div>
  )
  const tables = (isLinked: boolean) => (
    <>
      <UsageTable buckets={buckets} total={total} length={length} linkOf={isLinked ? linkOf : undefined} />
      <SeriesTable
        label={`Cost of each ${by} over time`}
        caption={`Cost by ${by}`}
        heads={shown.map(({ name }) => name)}
        buckets={buckets}
        length={length}
        stacks={shown.map(({ sums }) => sums)}
        totals={shown.map(({ sums }) => addUp([...sums.values()].map(({ usd }) => usd)))}
      />
    </>
  )
  return (
    <section className={`${styles.block} ${styles.overTime}`} aria-label="Over time">
      {head}
      <SeriesLegend
        label={`Colours of the cost, by ${by}`}
        entries={entries}
        isNarrowed={members.length > 0}
        onAlone={(own) => onView({ [by]: pressAlone(members, own) })}
        onToggle={(own) =>
          onView({
            [by]: pressToggle(
              members,
              own,
              series.flatMap((each) => each.members),
            ),
          })
        }
      />
      {view.isTable ? (
        <div className={styles.tables}>{tables(true)}</div>
      ) : (
        <>
          <UsageCharts
            buckets={buckets}
            needsYears={needsYears}
            layers={shown}
            costName={shown.length === 1 && members.length > 0 ? `Cost of ${shown[0]?.name}` : `Cost by ${by}`}
            whole={total}
            chosen={at}
            isSettled={settled !== -1}
            onPoint={setPointed}
            onStep={(index) => {
              setPointed(null)
              onView({ at: buckets[index]?.key ?? null })
            }}
            // A second press lets go.
            onPress={(index) =>
              onView({ at: index === null || index === settled ? null : (buckets[index]?.key ?? null) })
            }
            onOpen={(index) => {
              const route = sessionsOf(index)
              if (route) goTo(route)
            }}
          />
          <div className={styles.unseen}>{tables(false)}</div>
        </>
      )}
    </section>
  )
}

function addUp(sums: (number | null)[]): number | null {
  return sums.reduce((total, usd) => (usd === null ? total : (total ?? 0) + usd), null)
}

function nameSeries(series: Series[], by: SplitBy): { name: string; fullName?: string }[] {
  const names = nameApart(
    series.flatMap(({ members }) => members),
    by,
  )
  return series.map(({ members: [member = null, ...others], isRest }) => {
    if (isRest) return { name: `${others.length + 1} others` }
    return { name: names.get(member) ?? '', fullName: nameMemberWhole(member, by) }
  })
}
