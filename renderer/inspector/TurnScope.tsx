import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { Button } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatCount } from '../ui/formatting.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { CacheReason } from './ChangesTab.tsx'
import { describeMiss, findCacheMisses, type Miss } from './cacheMisses.ts'
import type { Tab } from './inspectorState.ts'
import styles from './Parts.module.css'
import { RequestTable } from './RequestTable.tsx'
import { Section } from './Section.tsx'
import { TimeSection } from './TimeSection.tsx'
import { splitTime } from './timeSplit.ts'
import { UsageSection } from './UsageSection.tsx'
import { useAnswer } from './useAnswer.ts'
import { useShown } from './useShown.tsx'

/** One turn: where its time went, what it used, and the requests that it took. */
export function TurnScope({
  turn,
  turns,
  onShow,
}: {
  turn: Turn
  turns: Turn[]
  onShow(exchangeId: string, tab?: Tab): void
}) {
  const now = useNow(turn.status === 'live')
  const { shown, more } = useShown(turn.exchanges, 'request')
  const misses = useMemo(() => findCacheMisses(turns), [turns])
  const miss = misses.get(turn.id)
  return (
    <>
      {miss && <MissSection key={miss.exchangeId} turn={turn} miss={miss} onShow={onShow} />}
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
        <RequestTable turn={turn} exchanges={shown} missedId={miss?.exchangeId ?? null} onShow={onShow} />
        {more}
      </Section>
    </>
  )
}

/** What makes this turn dear, first of all. The reason is read of the requests themselves, and only while somebody looks. */
function MissSection({ turn, miss, onShow }: { turn: Turn; miss: Miss; onShow(exchangeId: string, tab?: Tab): void }) {
  const { exchangeId } = miss
  const answer = useAnswer('exchange/context', { id: exchangeId }, exchangeId)
  const exchange = turn.exchanges.find(({ id }) => id === exchangeId)
  if (!exchange) return null
  const read = answer.value?.cacheMiss ?? null
  return (
    <Section
      title="Cache missed"
      value={
        <Button tone="plain" className={styles.small} onClick={() => onShow(exchangeId, 'changes')}>
          Show the changes
        </Button>
      }
    >
      {read ? (
        <CacheReason exchange={exchange} miss={read} hasBefore />
      ) : (
        <p className={styles.reason} data-tone="warn">
          <TriangleAlert aria-hidden />
          <b>{capitalize(describeMiss(miss))}</b>
        </p>
      )}
    </Section>
  )
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
