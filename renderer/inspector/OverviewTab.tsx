import { namePlan } from '../../contract/domain/account.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { upstreamHosts, upstreamPath } from '../../contract/domain/upstreamAddress.ts'
import { formatBytes } from '../ui/bytes.ts'
import { useNow } from '../ui/clock.ts'
import { formatDuration, formatExact, formatMoment, formatPercent } from '../ui/formatting.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { measureTiming } from './measureTiming.ts'
import styles from './Parts.module.css'
import { Facts, Section } from './Section.tsx'
import { Legend, type Segment, StackedBar } from './StackedBar.tsx'
import { UsageSection } from './UsageSection.tsx'

/** One request in short: how long, how much, how it ended, and by what it is known elsewhere. */
export function OverviewTab({ exchange }: { exchange: Exchange }) {
  return (
    <>
      <Timing exchange={exchange} />
      <UsageSection usage={exchange.usage} exchanges={[exchange]} accountMode={exchange.accountMode} />
      <Limits exchange={exchange} />
      <Ending exchange={exchange} />
      <Section title="IDs">
        <Facts
          rows={[
            ['Exchange', <Id key="id" text={exchange.id} />],
            ['Response', exchange.responseId && <Id key="id" text={exchange.responseId} />],
            ['Previous response', exchange.previousResponseId && <Id key="id" text={exchange.previousResponseId} />],
            ['Turn', exchange.turnId && <Id key="id" text={exchange.turnId} />],
            ['Thread', exchange.threadId && <Id key="id" text={exchange.threadId} />],
            ['Session', <Id key="id" text={exchange.sessionId} />],
          ]}
        />
      </Section>
      {exchange.notes.length > 0 && (
        <Section title="Recorder notes">
          {exchange.notes.map((note) => (
            <p key={note} className={styles.note}>
              {revealControls(note)}
            </p>
          ))}
        </Section>
      )}
    </>
  )
}

function Timing({ exchange }: { exchange: Exchange }) {
  const isLive = exchange.status === 'live'
  const now = useNow(isLive)
  const { waitingMs, streamingMs, totalMs, tokensPerSecond } = measureTiming(exchange, now)
  const segments: Segment[] = [
    { name: 'Until the first event', value: waitingMs, words: formatDuration(waitingMs), tone: 'waiting' },
    { name: 'Streaming', value: streamingMs, words: formatDuration(streamingMs), tone: 'streaming' },
  ]
  const speed = tokensPerSecond === null ? '' : ` · ${tokensPerSecond.toLocaleString('en')} tok/s`
  return (
    <Section title="Timing" value={`${formatDuration(totalMs)}${speed}`}>
      <StackedBar segments={segments} />
      <Legend segments={segments} />
    </Section>
  )
}

function Limits({ exchange }: { exchange: Exchange }) {
  const now = useNow(false)
  if (!exchange.limits || exchange.limits.windows.length === 0) return null
  const plan = exchange.limits.planType
  return (
    <Section title="Limits" value={plan === null ? undefined : revealControls(namePlan(plan))}>
      <Facts
        rows={exchange.limits.windows.map(({ name, usedPercent, windowMinutes, resetsAt }) => [
          nameWindow(name, windowMinutes),
          <span key={name} className={styles.limit}>
            <i aria-hidden>
              <i style={{ width: `${Math.min(100, Math.max(0, usedPercent))}%` }} />
            </i>
            {formatPercent(Math.round(usedPercent))} used
            {resetsAt !== null && (
              <span className={styles.soft} title={formatExact(resetsAt)}>
                {resetsAt > now ? `resets in ${formatDuration(resetsAt - now)}` : 'was reset since'}
              </span>
            )}
          </span>,
        ])}
      />
    </Section>
  )
}

function nameWindow(name: string, minutes: number | null): string {
  if (minutes === null) return revealControls(name)
  if (minutes >= 24 * 60) return minutes === 7 * 24 * 60 ? 'Week' : `${Math.round(minutes / 1_440)} d`
  return minutes >= 60 ? `${Math.round(minutes / 60)} h` : `${minutes} min`
}

function Ending({ exchange }: { exchange: Exchange }) {
  const now = useNow(false)
  const { status, httpStatus, errorCode, errorMessage } = exchange
  return (
    <Section
      title="Request"
      value={
        <span className={styles.ending}>
          <StatusMark status={status} />
          <span aria-hidden>{status === 'cut' ? 'Cut' : nameStatus(status)}</span>
        </span>
      }
    >
      <Facts
        rows={[
          [
            'Error',
            errorMessage && `${revealControls(errorMessage)}${errorCode ? ` (${revealControls(errorCode)})` : ''}`,
          ],
          ['Kind', exchange.kind],
          ['Model', exchange.model && revealControls(exchange.model)],
          ['Service tier', exchange.serviceTier && revealControls(exchange.serviceTier)],
          ['Transport', `${nameTransport(exchange)} to ${upstreamHosts[exchange.upstream]}`],
          ['Account', exchange.accountMode && (exchange.accountMode === 'chatgpt' ? 'ChatGPT' : 'API key')],
          ['HTTP status', httpStatus],
          ['Address', <code key="path">{revealControls(`${exchange.method} ${upstreamPath(exchange)}`)}</code>],
          ['Size', `${formatBytes(exchange.requestBytes)} sent, ${formatBytes(exchange.responseBytes)} received`],
          [
            'Began',
            <time key="began" title={formatExact(exchange.startedAt)}>
              {formatMoment(exchange.startedAt, now)}
            </time>,
          ],
        ]}
      />
    </Section>
  )
}

function nameTransport({ transport }: Exchange): string {
  switch (transport) {
    case 'websocket':
      return 'WebSocket'
    case 'sse':
      return 'HTTP stream'
    case 'json':
      return 'HTTP'
  }
}

function Id({ text }: { text: string }) {
  return <code className={styles.id}>{revealControls(text)}</code>
}
