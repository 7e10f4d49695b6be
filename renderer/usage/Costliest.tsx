import type { SessionUsage } from '../../contract/domain/usageReport.ts'
import { formatRoute } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatCount, formatRelative, formatTokens, projectName } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './UsagePage.module.css'
import type { useCostliest } from './useUsage.ts'

/** A part that is smaller than the whole by less is the whole, rounded. */
const leastRestUsd = 0.005

/** Which sessions it was, each with what it used in the time that is told of. */
export function Costliest({
  known: { answer, problem, retry, isOfAnother },
  time,
  query,
}: {
  known: ReturnType<typeof useCostliest>
  /** What the time is called. */
  time: string
  /** Finds all of them in the list; null where nothing does. */
  query: string | null
}) {
  if (problem !== null) {
    return (
      <Problem title="The sessions could not be read" actions={<Button onClick={retry}>Try again</Button>}>
        {revealControls(problem)}
      </Problem>
    )
  }
  if (answer === null || answer.sessions.length === 0) return null
  return (
    <section className={styles.block} aria-label="Most expensive sessions" aria-busy={isOfAnother}>
      <h2>
        Most expensive sessions <span>{time}; each with what it used in that time</span>
        {query !== null && (
          <a className={styles.more} href={formatRoute({ page: 'sessions', query, sort: 'cost' })}>
            {answer.total === 1 ? 'In the list' : `All ${formatCount(answer.total, 'session')}`}
          </a>
        )}
      </h2>
      <ol className={styles.sessions}>
        {answer.sessions.map((used) => (
          <li key={used.session.id}>
            <a href={formatRoute({ page: 'session', sessionId: used.session.id, turnId: null })}>
              <span className={styles.title} dir="auto">
                {revealControls(used.session.title) || 'Untitled'}
              </span>
              <Facts used={used} />
              <span className={styles.cost}>
                {used.usd === null ? 'no price' : formatShortCost(used.usd, used.isPaid ? 'apiKey' : 'chatgpt')}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Facts({ used: { session, usage, usd, requestCount } }: { used: SessionUsage }) {
  const now = useNow(false)
  const whole = session.apiEquivalentUsd
  return (
    <span className={styles.facts}>
      {[
        session.cwd && revealControls(projectName(session.cwd)),
        formatCount(requestCount, 'request'),
        `${formatTokens(usage.totalTokens)} tok`,
        usd !== null &&
          whole !== null &&
          whole - usd > leastRestUsd &&
          `${formatShortCost(whole, session.accountMode)} in all`,
        formatRelative(session.updatedAt, now),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}
