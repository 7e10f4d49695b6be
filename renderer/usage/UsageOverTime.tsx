import { useMemo, useState } from 'react'
import type { PriceTable } from '../../contract/domain/price.ts'
import { queryForFolder, quoteValue } from '../../contract/domain/searchLanguage.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import { formatRoute, goTo, type Route } from '../shell/route.ts'
import { Choice } from '../ui/Choice.tsx'
import { formatCount, projectName, shortenPath } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { SeriesLegend } from './SeriesLegend.tsx'
import { SeriesTable } from './SeriesTable.tsx'
import { UsageCharts } from './UsageCharts.tsx'
import styles from './UsagePage.module.css'
import { UsageTable } from './UsageTable.tsx'
import { bucketUsage, queryForBucket } from './usageBuckets.ts'
import { layOutSeries, type Series, type SplitBy, stackSeries } from './usageSeries.ts'

const splits = [
  ['model', 'Model'],
  ['project', 'Project'],
] as const

/** What was used day by day, of which the colours of the cost are models or projects; as a drawing, or as its numbers. */
export function UsageOverTime({
  rows,
  days,
  prices,
  isTable,
  whole,
}: {
  rows: UsageRow[]
  days: { firstDay: string; lastDay: string; today: string }
  prices: PriceTable
  isTable: boolean
  /** What all of the time is called. */
  whole: string
}) {
  const [by, setBy] = useState<SplitBy>('model')
  const [only, setOnly] = useState<string | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const series = useMemo(() => layOutSeries(rows, by, prices), [rows, by, prices])
  const alone = series.find(({ id }) => id === only) ?? null
  const shown = useMemo(() => (alone ? rows.filter((row) => alone.members.includes(row[by])) : rows), [rows, by, alone])
  const { firstDay, lastDay, today } = days
  const { length, buckets, needsYears } = useMemo(
    () => bucketUsage(shown, { firstDay, lastDay, today, prices }),
    [shown, firstDay, lastDay, today, prices],
  )
  const stacks = useMemo(() => stackSeries(rows, series, { by, length, prices }), [rows, series, by, length, prices])
  const total = useMemo(() => sumUsage(shown, () => null, prices)[0], [shown, prices])
  const names = useMemo(() => nameSeries(series, by), [series, by])
  if (!total) return null
  const at = pointed ?? chosen
  const bucket = (at === null ? undefined : buckets[at]) ?? null
  const told = bucket ?? total
  const layers = series.flatMap(({ id, tone }, index) => {
    const sums = stacks[index]
    return sums && (only === null || only === id) ? [{ tone, name: names[index]?.name ?? '', sums }] : []
  })
  const entries = series.map((each, index) => {
    const ofBucket = bucket && (stacks[index]?.get(bucket.key) ?? null)
    return { series: each, name: '', ...names[index], sum: bucket ? ofBucket : each.sum }
  })
  const sessionsOf = (index: number): Route => {
    const place = buckets[index]
    const query = [place && queryForBucket(place, length), alone && queryForSeries(alone, by)].filter(Boolean).join(' ')
    return { page: 'sessions', query, sort: 'cost' }
  }
  const head = (
    <div className={styles.timeHead}>
      <p className={styles.told}>
        <b>{bucket?.name ?? whole}</b>
        {alone && <span>{names[series.indexOf(alone)]?.name} only</span>}
        {told.requestCount === 0 ? (
          <span>nothing</span>
        ) : (
          <>
            <span>{told.usd === null ? 'no price' : formatUsd(told.usd)}</span>
            <span>{formatCount(told.requestCount, 'request')}</span>
          </>
        )}
        {bucket && at !== null && at === chosen && told.requestCount > 0 && (
          <a href={formatRoute(sessionsOf(at))}>Its sessions</a>
        )}
      </p>
      <span className={styles.split}>
        <span>Cost by</span>
        <Choice
          label="Cost by"
          value={by}
          options={splits}
          onChange={(wanted) => {
            setBy(wanted)
            setOnly(null)
          }}
        />
      </span>
    </div>
  )
  const tables = (isLinked: boolean) => (
    <>
      <UsageTable
        buckets={buckets}
        total={total}
        length={length}
        linkOf={isLinked ? (index) => formatRoute(sessionsOf(index)) : undefined}
      />
      <SeriesTable
        label={`Cost of each ${by} over time`}
        caption={`Cost by ${by}`}
        heads={entries.map(({ name }) => name)}
        buckets={buckets}
        length={length}
        stacks={stacks}
        totals={series.map(({ sum }) => sum.usd)}
      />
    </>
  )
  return (
    <section className={styles.block} aria-label="Over time">
      {head}
      <SeriesLegend label={`Colours of the cost, by ${by}`} entries={entries} only={only} onOnly={setOnly} />
      {isTable ? (
        <div className={styles.tables}>{tables(true)}</div>
      ) : (
        <>
          <UsageCharts
            buckets={buckets}
            needsYears={needsYears}
            layers={layers}
            costName={alone ? `Cost of ${names[series.indexOf(alone)]?.name}` : `Cost by ${by}`}
            whole={total}
            chosen={at}
            onPoint={setPointed}
            onChoose={(index) => {
              // A second press lets go.
              setChosen((was) => (was === index && pointed !== null ? null : index))
              if (pointed === null) return
              setPointed(index)
            }}
            onOpen={(index) => goTo(sessionsOf(index))}
          />
          <div className={styles.unseen}>{tables(false)}</div>
        </>
      )}
    </section>
  )
}

/** A project by its folder, or by its whole path where another is called the same. */
function nameSeries(series: Series[], by: SplitBy): { name: string; fullName?: string }[] {
  return series.map(({ members: [member = null, ...others], isRest }) => {
    if (isRest) return { name: `${others.length + 1} others` }
    if (by === 'model') return { name: member === null ? 'Unknown' : revealControls(member) }
    if (member === null) return { name: 'No folder' }
    const fullName = revealControls(shortenPath(member))
    const name = projectName(member)
    const isOnly = series.filter(({ members }) => members.some((one) => one && projectName(one) === name)).length === 1
    return { name: isOnly ? revealControls(name) : fullName, fullName }
  })
}

/** Of many, or of what has no name, there is no query. */
function queryForSeries({ members, isRest }: Series, by: SplitBy): string | null {
  const [member = null] = members
  if (isRest || member === null) return null
  return by === 'project' ? queryForFolder(member) : `model:${quoteValue(member)}`
}
