import type { Turn } from '../../contract/domain/turn.ts'
import { formatMoment } from '../account/moments.ts'
import { describeMiss } from '../inspector/cacheMisses.ts'
import { setInspector } from '../inspector/inspectorState.ts'
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
import { ExchangeLink } from './ExchangeLink.tsx'
import { useRelations } from './itemRelations.ts'
import styles from './Rows.module.css'

/** The seam under a turn: how long, how much in, how much of it from the cache, how much out. */
export function TurnEnd({ turn, number, agentTokens }: { turn: Turn; number: number; agentTokens: number }) {
  const { usage } = turn
  const now = useNow(false)
  const { cacheMiss } = useRelations()
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
      {cacheMiss && (
        <ExchangeLink turnId={cacheMiss.turnId} exchangeId={cacheMiss.exchangeId} tab="changes" tone="warn">
          {describeMiss(cacheMiss)}
        </ExchangeLink>
      )}
      {cached === null ? (
        <span>no usage reported</span>
      ) : (
        <button type="button" className={styles.figures} onClick={() => setInspector({ isOpen: true, scope: 'turn' })}>
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
        </button>
      )}
      {agentTokens > 0 && (
        <span title={`${formatNumber(agentTokens)} tokens more, which the figures of this turn do not hold`}>
          + {formatTokens(agentTokens)} by sub-agents
        </span>
      )}
    </div>
  )
}
