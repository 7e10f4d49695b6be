import type { Turn } from '../../contract/domain/turn.ts'
import { formatMoment } from '../account/moments.ts'
import { TurnCost } from '../inspector/TurnCost.tsx'
import { useNow } from '../ui/clock.ts'
import {
  cachedPercent,
  formatDuration,
  formatExact,
  formatNumber,
  formatPercent,
  formatTokens,
} from '../ui/formatting.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import styles from './Rows.module.css'

/** The seam under a turn: how long, how much in, how much of it from the cache, how much out. */
export function TurnEnd({ turn, number }: { turn: Turn; number: number }) {
  const { usage } = turn
  const now = useNow(false)
  const cached = cachedPercent(usage)
  const endedAt = turn.endedAt ?? turn.startedAt
  return (
    <div className={styles.end}>
      <b>Turn {number}</b>
      <hr />
      {turn.status !== 'completed' && (
        <span className={styles.outcome} data-status={turn.status}>
          <StatusMark status={turn.status} />
          <span aria-hidden>{turn.status === 'cut' ? 'Cut' : nameStatus(turn.status)}</span>
        </span>
      )}
      <time title={formatExact(endedAt)}>{formatMoment(endedAt, now)}</time>
      {turn.endedAt !== null && <span>{formatDuration(turn.endedAt - turn.startedAt)}</span>}
      {cached === null ? (
        <span>no usage reported</span>
      ) : (
        <>
          <span
            className={styles.cache}
            title={`${formatNumber(usage.inputTokens)} tokens in, ${formatNumber(usage.cachedInputTokens)} of them cached`}
          >
            <i aria-hidden>
              <i style={{ width: `${cached}%`, height: '100%' }} />
            </i>
            {formatTokens(usage.inputTokens)} in · {formatPercent(cached)} cached
          </span>
          <span
            title={`${formatNumber(usage.outputTokens)} tokens out, ${formatNumber(usage.reasoningTokens)} of them thinking`}
          >
            {formatTokens(usage.outputTokens)} out
          </span>
          <TurnCost turn={turn} />
        </>
      )}
    </div>
  )
}
