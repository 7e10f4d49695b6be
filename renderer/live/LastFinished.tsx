import type { Session } from '../../contract/domain/session.ts'
import { formatMoment } from '../account/moments.ts'
import { formatRoute } from '../shell/route.ts'
import { useNow } from '../ui/clock.ts'
import { FactLine } from '../ui/FactLine.tsx'
import { formatCount, formatDuration, formatExact, formatTokens, projectName } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LivePage.module.css'

/** The sessions that ended last, for whoever looks a moment too late. */
export function LastFinished({ sessions }: { sessions: Session[] }) {
  const now = useNow(false)
  return (
    <section className={styles.last} aria-labelledby="finished-last">
      <h2 id="finished-last">Finished last</h2>
      <ul>
        {sessions.map((session) => (
          <li key={session.id}>
            <Finished session={session} now={now} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Finished({ session, now }: { session: Session; now: number }) {
  const facts = [
    session.cwd && revealControls(projectName(session.cwd)),
    formatCount(session.turnCount, 'turn'),
    session.durationMs >= 1_000 && formatDuration(session.durationMs),
    session.usage.totalTokens > 0 && `${formatTokens(session.usage.totalTokens)} tok`,
    session.apiEquivalentUsd !== null && formatShortCost(session.apiEquivalentUsd, session.accountMode),
  ]
  return (
    <a href={formatRoute({ page: 'session', sessionId: session.id, turnId: null })}>
      <StatusMark status={session.status} />
      <span className={styles.title} dir="auto">
        {revealControls(session.title) || 'Untitled'}
      </span>
      <time dateTime={new Date(session.updatedAt).toISOString()} title={formatExact(session.updatedAt)}>
        {formatMoment(session.updatedAt, now)}
      </time>
      <span className={styles.facts}>
        <FactLine facts={facts} />
      </span>
      {session.errorMessage && <span className={styles.error}>{revealControls(session.errorMessage)}</span>}
    </a>
  )
}
