import { ChartNoAxesColumn } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useMemo, useState } from 'react'
import { queryForFolder } from '../../contract/domain/searchLanguage.ts'
import type { Session } from '../../contract/domain/session.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import { type Prices, usePrices } from '../inspector/usePrices.ts'
import { formatRoute } from '../shell/route.ts'
import { Button, Keys, Tip } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import {
  cachedPercent,
  formatCount,
  formatPercent,
  formatRelative,
  formatTokens,
  projectName,
  shortenPath,
} from '../ui/formatting.ts'
import { explainCost, formatShortCost } from '../ui/money.ts'
import { Empty, Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { Breakdown } from './Breakdown.tsx'
import { describeTotalCost } from './describeTotalCost.ts'
import { UsageCharts } from './UsageCharts.tsx'
import styles from './UsagePage.module.css'
import { UsageTable } from './UsageTable.tsx'
import { bucketUsage, localDay } from './usageBuckets.ts'
import { type UsageAnswer, useUsage } from './useUsage.ts'

const ranges = [
  { days: 7, name: '7 days' },
  { days: 30, name: '30 days' },
  { days: 90, name: '90 days' },
  { days: null, name: 'All' },
] as const

/** What was used over time, of what, and what it costs. */
export function UsagePage() {
  const [range, setRange] = useState<(typeof ranges)[number]>(ranges[1])
  const [isTable, setTable] = useState(false)
  const today = localDay(useNow(false))
  const since = useMemo(() => sinceOf(today, range.days), [today, range])
  const { answer, problem, retry } = useUsage(since)
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
        <ToggleGroup.Root
          type="single"
          className={styles.segments}
          value={range.name}
          onValueChange={(name) => setRange((was) => ranges.find((one) => one.name === name) ?? was)}
          aria-label="How far back"
        >
          {ranges.map(({ name }) => (
            <ToggleGroup.Item key={name} value={name}>
              {name}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
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
          <Report answer={answer} prices={prices} since={since} today={today} isTable={isTable} range={range.name} />
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
  range,
}: {
  answer: UsageAnswer
  prices: Prices
  since: number
  today: string
  isTable: boolean
  range: string
}) {
  const { rows, timeZone } = answer.usage
  const { table } = prices
  const { length, buckets } = useMemo(() => {
    const lastDay = rows.reduce((last, { day }) => (day > last ? day : last), today)
    const firstDay = since > 0 ? localDay(since) : rows.reduce((first, { day }) => (day < first ? day : first), today)
    return bucketUsage(rows, { firstDay, lastDay, prices: table })
  }, [rows, since, today, table])
  if (rows.length === 0) {
    return (
      <div className={styles.center}>
        <Empty icon={ChartNoAxesColumn} title="Nothing was used" command="tapedeck codex">
          {range === 'All'
            ? 'What Codex uses is counted here, from its first answer on.'
            : `Not one request in ${range}. A longer time may have some.`}
        </Empty>
      </div>
    )
  }
  return (
    <div className={styles.page}>
      <Figures rows={rows} prices={prices} />
      <section className={styles.block} aria-label="Over time">
        {isTable ? (
          <div className={styles.wideTable}>
            <UsageTable buckets={buckets} length={length} isLinked />
          </div>
        ) : (
          <>
            <UsageCharts buckets={buckets} />
            <div className={styles.unseen}>
              <UsageTable buckets={buckets} length={length} />
            </div>
          </>
        )}
      </section>
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

function byCost(rows: UsageRow[], key: 'project' | 'model', { table }: Prices) {
  return sumUsage(rows, (row) => row[key], table).sort(
    (a, b) => (b.usd ?? 0) - (a.usd ?? 0) || b.usage.totalTokens - a.usage.totalTokens,
  )
}

function Figures({ rows, prices }: { rows: UsageRow[]; prices: Prices }) {
  const [total] = sumUsage(rows, () => null, prices.table)
  if (!total) return null
  const cost = describeTotalCost(rows, prices.table)
  const percent = cachedPercent(total.usage)
  const { inputTokens, outputTokens, reasoningTokens, totalTokens } = total.usage
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Cost</dt>
        <dd>{cost.sum}</dd>
        <dd>{cost.words}</dd>
      </div>
      <div>
        <dt>Tokens</dt>
        <dd>{formatTokens(totalTokens)}</dd>
        <dd>
          {formatTokens(inputTokens)} in, {formatTokens(outputTokens)} out
        </dd>
      </div>
      <div>
        <dt>From the cache</dt>
        <dd>{percent === null ? '–' : formatPercent(percent)}</dd>
        <dd>of the input</dd>
      </div>
      <div>
        <dt>Requests</dt>
        <dd>{total.requestCount.toLocaleString('en')}</dd>
        <dd>{formatTokens(reasoningTokens)} tokens of reasoning</dd>
      </div>
      {total.unpriced.length > 0 && (
        <p className={styles.unpriced}>
          {explainCost('apiKey', { unpriced: total.unpriced.map(revealControls) })} Put one into prices.json in the data
          folder.
        </p>
      )}
    </dl>
  )
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
