import { useMemo } from 'react'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { cachedPercent, formatDuration, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { describeExchange } from './describeExchange.ts'
import { priceRequests } from './priceRequests.ts'
import styles from './RequestTable.module.css'
import { usePrices } from './usePrices.ts'

/** The requests of a turn, with what made each of them slow or dear. */
export function RequestTable({
  turn,
  exchanges,
  missedId,
  onShow,
}: {
  turn: Turn
  /** Those of the turn that are shown. */
  exchanges: Exchange[]
  /** The one whose cache missed. */
  missedId: string | null
  onShow(exchangeId: string): void
}) {
  const prices = usePrices()
  const { costs, dearestId } = useMemo(() => priceRequests(turn.exchanges, prices?.table ?? null), [turn, prices])
  return (
    <table className={styles.requests}>
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">In</th>
          <th scope="col">Cached</th>
          <th scope="col">Out</th>
          <th scope="col">Time</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {exchanges.map((exchange, index) => (
          <RequestRow
            key={exchange.id}
            exchange={exchange}
            did={revealControls(describeExchange(exchange, turn))}
            number={index + 1}
            usd={costs.get(exchange.id) ?? null}
            hasMissed={exchange.id === missedId}
            isDearest={exchange.id === dearestId}
            onShow={onShow}
          />
        ))}
      </tbody>
    </table>
  )
}

function RequestRow({
  exchange,
  did,
  number,
  usd,
  hasMissed,
  isDearest,
  onShow,
}: {
  exchange: Exchange
  did: string
  number: number
  usd: number | null
  hasMissed: boolean
  isDearest: boolean
  onShow(exchangeId: string): void
}) {
  const { id, usage, durationMs, status, accountMode } = exchange
  const cached = usage ? cachedPercent(usage) : null
  return (
    <tr>
      <th scope="row">
        <button type="button" onClick={() => onShow(id)}>
          <span className={styles.number}>{number}</span>
          <StatusMark status={status} />
          <span className={styles.words}>
            <span className={styles.did} title={did}>
              {did}
            </span>
            {isDearest && <span className={styles.dearest}>Most expensive</span>}
          </span>
        </button>
      </th>
      <td>{usage ? formatTokens(usage.inputTokens) : '–'}</td>
      <td>
        {cached !== null && <span className={hasMissed ? styles.missed : undefined}>{formatPercent(cached)}</span>}
      </td>
      <td>{usage && formatTokens(usage.outputTokens)}</td>
      <td>{durationMs !== null && formatDuration(durationMs)}</td>
      <td data-dearest={isDearest || undefined}>{usd !== null && formatShortCost(usd, accountMode)}</td>
    </tr>
  )
}
