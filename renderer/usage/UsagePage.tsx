import { ChartNoAxesColumn } from 'lucide-react'
import { useMemo, useState } from 'react'
import { queryForFolder } from '../../contract/domain/searchLanguage.ts'
import type { Session } from '../../contract/domain/session.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import { type Prices, usePrices } from '../inspector/usePrices.ts'
import { formatRoute } from '../shell/route.ts'
import { Choice } from '../ui/Choice.tsx'
import { Button, Keys, Tip } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatCount, formatRelative, formatTokens, projectName, shortenPath } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { Empty, Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { Breakdown } from './Breakdown.tsx'
import { Figures } from './Figures.tsx'
import { UsageOverTime } from './UsageOverTime.tsx'
import styles from './UsagePage.module.css'
import { localDay } from './usageBuckets.ts'
import { sortByCost } from './usageSeries.ts'
import { type UsageAnswer, useUsage } from './useUsage.ts'

const ranges = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['all', 'All'],
] as const
type Range = (typeof ranges)[number][0]

const daysOf = (range: Range) => (range === 'all' ? null : Number(range))

/** What was used over time, of what, and what it costs. */
export function UsagePage() {
  const [range, setRange] = useState<Range>('30')
  const [isTable, setTable] = useState(false)
  const today = localDay(useNow(false))
  const since = useMemo(() => sinceOf(today, daysOf(range)), [today, range])
  // As long again, to compare with.
  const before = useMemo(() => sinceOf(today, 2 * (daysOf(range) ?? 0) || null), [today, range])
  const { answer, problem, retry } = useUsage(since, before)
  const prices = usePrices()
  useShortcuts({
    t: () => {
      setTable((was) => !was)
      return undefined
    },
  })
  return (
    <>
      <header className={styles.head}>
        <h1>Usage</h1>
        <Choice label="How far back" value={range} options={ranges} onChange={(chosen) => setRange(chosen)} />
        <Tip label="Charts or numbers" keys="t">
          <Button className={styles.numbers} onClick={() => setTable(!isTable)} aria-pressed={isTable}>
            Numbers <Keys keys="t" />
          </Button>
        </Tip>
      </header>
      <section className={styles.scroll} aria-label="Usage">
        {problem !== null && (
          <div className={styles.problem}>
            <Problem title="What was used could not be read" actions={<Button onClick={retry}>Try again</Button>}>
              {revealControls(problem)}
            </Problem>
          </div>
        )}
        {answer && prices && (
          <Report answer={answer} prices={prices} since={since} today={today} isTable={isTable} days={daysOf(range)} />
        )}
      </section>
    </>
  )
}

function Report({
  answer,
  prices,
  since,
  today,
  isTable,
  days,
}: {
  answer: UsageAnswer
  prices: Prices
  since: number
  today: string
  isTable: boolean
  /** Null for all. */
  days: number | null
}) {
  const { timeZone } = answer.usage
  const firstOfRange = since > 0 ? localDay(since) : ''
  const [rows, rowsBefore] = useMemo(() => splitAt(answer.usage.rows, firstOfRange), [answer, firstOfRange])
  const { table } = prices
  const lastDay = rows.reduce((last, { day }) => (day > last ? day : last), today)
  const firstDay = firstOfRange || rows.reduce((first, { day }) => (day < first ? day : first), today)
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
  return (
    <div className={styles.page}>
      <Figures rows={rows} rowsBefore={rowsBefore} days={days} prices={prices} />
      <UsageOverTime
        key={days}
        rows={rows}
        days={{ firstDay, lastDay, today }}
        prices={table}
        isTable={isTable}
        whole={days === null ? 'All time' : `Last ${days} days`}
      />
      <div className={styles.columns}>
        <Breakdown
          title="By project"
          head="Project"
          sums={byCost(rows, 'project', prices)}
          nameOf={(project) => <ProjectName project={project} />}
        />
        <Breakdown
          title="By model"
          head="Model"
          sums={byCost(rows, 'model', prices)}
          nameOf={(model) => <span>{model === null ? 'Unknown' : revealControls(model)}</span>}
        />
      </div>
      <Costliest sessions={answer.costliest} />
      <Notes prices={prices} timeZone={timeZone} />
    </div>
  )
}

/** Days are told so that the later one sorts behind. */
function splitAt(rows: UsageRow[], firstDay: string): [within: UsageRow[], before: UsageRow[]] {
  return [rows.filter(({ day }) => day >= firstDay), rows.filter(({ day }) => day < firstDay)]
}

function byCost(rows: UsageRow[], key: 'project' | 'model', { table }: Prices) {
  return sortByCost(sumUsage(rows, (row) => row[key], table))
}

function ProjectName({ project }: { project: string | null }) {
  if (project === null) return <span>No folder</span>
  return (
    <a
      href={formatRoute({ page: 'sessions', query: queryForFolder(project), sort: 'cost' })}
      title={revealControls(shortenPath(project))}
    >
      {revealControls(projectName(project))}
    </a>
  )
}

function Costliest({ sessions }: { sessions: Session[] }) {
  const now = useNow(false)
  if (sessions.length === 0) return null
  return (
    <section className={styles.block}>
      <h2>
        Most expensive sessions <span>each as a whole, also what was before this time</span>
      </h2>
      <ol className={styles.sessions}>
        {sessions.map((session) => (
          <li key={session.id}>
            <a href={formatRoute({ page: 'session', sessionId: session.id, turnId: null })}>
              <span className={styles.title} dir="auto">
                {revealControls(session.title) || 'Untitled'}
              </span>
              <span className={styles.facts}>
                {[
                  session.cwd && revealControls(projectName(session.cwd)),
                  formatCount(session.turnCount, 'turn'),
                  `${formatTokens(session.usage.totalTokens)} tok`,
                  formatRelative(session.updatedAt, now),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className={styles.cost}>{formatShortCost(session.apiEquivalentUsd ?? 0, session.accountMode)}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
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
        makes by itself are not. How much of the plan is used stands in{' '}
        <a href={formatRoute({ page: 'account' })}>Account</a>.
      </p>
    </footer>
  )
}

/** Midnight of the first of so many days, the last of which is `today`; 0 for all. */
function sinceOf(today: string, days: number | null): number {
  if (days === null) return 0
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  return new Date(year, month - 1, day - days + 1).getTime()
}
