import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useNow } from '../ui/clock.ts'
import { cachedPercent, formatCount, formatDuration, formatPercent, formatTokens } from '../ui/formatting.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { TimeSection } from './TimeSection.tsx'
import { splitTime } from './timeSplit.ts'
import { UsageSection } from './UsageSection.tsx'
import { useShown } from './useShown.tsx'

/** One turn: where its time went, what it used, and the requests that it took. */
export function TurnScope({ turn, onShow }: { turn: Turn; onShow(exchangeId: string): void }) {
  const now = useNow(turn.status === 'live')
  const { shown, more } = useShown(turn.exchanges, 'request')
  return (
    <>
      <Section title="Prompt" value={<StatusMark status={turn.status} />}>
        <p className={styles.prompt} dir="auto">
          {revealControls(turn.prompt.slice(0, 400)) || '(no text)'}
        </p>
      </Section>
      <TimeSection split={splitTime(turn, now)} />
      <UsageSection
        usage={turn.usage}
        exchanges={turn.exchanges}
        accountMode={turn.exchanges.at(-1)?.accountMode ?? null}
      />
      <Section title="Requests" value={formatCount(turn.exchanges.length, 'request')}>
        <ol className={styles.parts}>
          {shown.map((exchange, index) => (
            <li key={exchange.id}>
              <ExchangeRow exchange={exchange} number={index + 1} onShow={onShow} />
            </li>
          ))}
        </ol>
        {more}
      </Section>
    </>
  )
}

function ExchangeRow({
  exchange,
  number,
  onShow,
}: {
  exchange: Exchange
  number: number
  onShow(exchangeId: string): void
}) {
  const { usage, durationMs, kind, status } = exchange
  const cached = usage ? cachedPercent(usage) : null
  return (
    <button type="button" className={styles.exchange} onClick={() => onShow(exchange.id)}>
      <span className={styles.index}>{number}</span>
      <StatusMark status={status} />
      <span className={styles.label}>{kind}</span>
      <span>{usage ? `${formatTokens(usage.inputTokens)} in` : 'no tokens'}</span>
      <span>{cached === null ? '' : `${formatPercent(cached)} cached`}</span>
      <span>{durationMs === null ? '' : formatDuration(durationMs)}</span>
    </button>
  )
}
