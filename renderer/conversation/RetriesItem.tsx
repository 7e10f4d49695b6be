import { RotateCw } from 'lucide-react'
import type { Turn } from '../../contract/domain/turn.ts'
import { formatDuration, formatExact } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { ExchangeLink } from './ExchangeLink.tsx'
import { FoldRow } from './Fold.tsx'
import { nameAttempt } from './findParts.ts'
import { ItemFrame } from './ItemFrame.tsx'
import styles from './RetriesItem.module.css'
import { type Attempt, describeRetries, nameReason } from './retries.ts'

/** Where codex asked again, in one line; what became of each attempt is in it. */
export function RetriesItem({ itemId, turn, attempts }: { itemId: string; turn: Turn; attempts: Attempt[] }) {
  return (
    <ItemFrame kind="retry" icon={RotateCw} verb="Retried" itemId={itemId}>
      <FoldRow
        summary={
          <span className={styles.summary} data-beside>
            {describeRetries(attempts)}
          </span>
        }
      >
        <ol className={styles.attempts}>
          {attempts.map((attempt) => (
            <AttemptLine key={attempt.item.id} turn={turn} attempt={attempt} />
          ))}
        </ol>
      </FoldRow>
    </ItemFrame>
  )
}

/** Less than this is no time to speak of. */
const shortestMs = 50
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

function AttemptLine({ turn, attempt }: { turn: Turn; attempt: Attempt }) {
  const { item, exchange } = attempt
  const askedAt = exchange?.startedAt ?? item.at
  const took = exchange?.durationMs ?? 0
  const reason = nameReason(attempt)
  return (
    <li className={styles.attempt}>
      <time data-beside dateTime={new Date(askedAt).toISOString()} title={formatExact(askedAt)}>
        {clock.format(askedAt)}
      </time>
      <span className={styles.took} data-beside>
        {took >= shortestMs && `took ${formatDuration(took)}`}
      </span>
      <span className={styles.reason}>
        <b data-beside>
          {reason.charAt(0).toUpperCase()}
          {reason.slice(1)}
        </b>
        {item.code !== 'cut' && (
          <span className={styles.message} dir="auto" data-piece={nameAttempt(item.id)}>
            {revealControls(item.message)}
          </span>
        )}
      </span>
      {exchange && (
        <ExchangeLink turnId={turn.id} exchangeId={exchange.id} tab="overview">
          Request
        </ExchangeLink>
      )}
    </li>
  )
}
