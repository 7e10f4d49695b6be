import { ArrowDown, ArrowDownToLine, Search } from 'lucide-react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { readOpenCall } from '../live/openCallState.ts'
import { Button, Keys, LiveDot, Tip } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatClock, formatTokens } from '../ui/formatting.ts'
import { WaitMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useFocused } from '../ui/useFocused.ts'
import styles from './Conversation.module.css'
import { describeActivity } from './describeActivity.ts'
import type { TurnLayout } from './layOutConversation.ts'
import { useLoadingToPrint } from './printing.ts'

/** The line under a conversation: what happens now while it is live, the keys when it is not. */
export function ConversationFoot({
  session,
  layouts,
  isFollowing,
  isCopied,
  onJump,
  onFind,
}: {
  session: Session
  layouts: TurnLayout[]
  isFollowing: boolean
  /** A moment ago, by a key or a menu. */
  isCopied: boolean
  onJump(): void
  onFind(): void
}) {
  const live = layouts.findLast(({ turn }) => turn.status === 'live')
  const lane = live ? null : findLiveLane(layouts)
  if (live || lane) {
    const turn = live?.turn ?? (lane as Turn)
    return (
      <footer className={styles.foot} data-live>
        <Mark session={session} />
        <span>
          <b>{live ? `Turn ${live.number}` : 'Sub-agent'}</b> · <Clock since={turn.startedAt} />
        </span>
        <Doing session={session} turn={turn} />
        {turn.usage.inputTokens > 0 && (
          <span className={styles.optional}>
            {formatTokens(turn.usage.inputTokens)} in · {formatTokens(turn.usage.outputTokens)} out
          </span>
        )}
        <span className={styles.spacer} />
        <Word isCopied={isCopied} />
        <Tip
          label={isFollowing ? 'Sticks to the end until you scroll up' : 'Jump to the end and follow'}
          keys="End"
          side="top"
        >
          <Button
            tone={isFollowing ? 'plain' : undefined}
            className={styles.jump}
            onClick={onJump}
            aria-pressed={isFollowing}
          >
            {isFollowing ? <ArrowDownToLine aria-hidden /> : <ArrowDown aria-hidden />}
            {isFollowing ? 'Following' : 'Jump to latest'}
            {!isFollowing && <Keys keys="End" />}
          </Button>
        </Tip>
      </footer>
    )
  }
  return (
    <footer className={styles.foot} data-quiet>
      <Hints hasTurns={layouts.length > 1} />
      <Tip label="Find in this conversation" keys="/" side="top">
        <Button tone="plain" className={styles.find} onClick={onFind}>
          <Search aria-hidden />
          Find
        </Button>
      </Tip>
      <span className={styles.spacer} />
      <Word isCopied={isCopied} />
    </footer>
  )
}

/** What has just been done, or is waited for. */
function Word({ isCopied }: { isCopied: boolean }) {
  const isLoadingToPrint = useLoadingToPrint()
  return (
    <span className={styles.word} data-tone={isCopied ? 'ok' : undefined} role="status">
      {isCopied ? 'Copied' : isLoadingToPrint && 'Loading the pictures to print…'}
    </span>
  )
}

/** The keys that do something where the keyboard is. What is needed most goes last when there is no room. */
function Hints({ hasTurns }: { hasTurns: boolean }) {
  const place = useFocused(placeOfKeyboard)
  if (place === 'list' || place === 'inspector') {
    return (
      <span className={styles.hints}>
        <span>
          <Keys keys={place === 'list' ? '↵' : 'Esc'} /> {place === 'list' ? 'open' : 'conversation'}
        </span>
      </span>
    )
  }
  if (place === 'find') {
    return (
      <span className={styles.hints}>
        <span data-goes="2">
          <Keys keys="⇧ ↵" /> previous
        </span>
        <span>
          <Keys keys="↵" /> next
        </span>
        <span>
          <Keys keys="Esc" /> close
        </span>
      </span>
    )
  }
  if (place === 'field') return null
  return (
    <span className={styles.hints}>
      <span data-goes="1">
        <Keys keys="j" />
        <Keys keys="k" /> item
      </span>
      {hasTurns && (
        <span data-goes="2">
          <Keys keys="n" />
          <Keys keys="p" /> turn
        </span>
      )}
      <span data-goes="4">
        <Keys keys="/" /> find
      </span>
      <span>
        <Keys keys="?" /> all keys
      </span>
      {(place === 'fold' || place === 'lane') && (
        <span data-goes="3">
          <Keys keys={place === 'lane' ? '↵' : 'e'} /> {place === 'lane' ? 'open' : 'expand'}
        </span>
      )}
    </span>
  )
}

type PlaceOfKeyboard = 'list' | 'inspector' | 'find' | 'field' | 'lane' | 'fold' | 'conversation'

function placeOfKeyboard(active: Element | null): PlaceOfKeyboard {
  if (active?.matches('input, textarea')) return active.matches('[data-find]') ? 'find' : 'field'
  const pane = active?.closest<HTMLElement>('[data-pane]')?.dataset.pane
  if (pane === 'list' && active?.closest('li[data-key]')) return 'list'
  if (pane === 'inspector') return pane
  if (active?.matches('[data-kind="lane"]')) return 'lane'
  return active?.closest('[data-item]')?.querySelector('button[aria-expanded]') ? 'fold' : 'conversation'
}

function Clock({ since }: { since: number }) {
  return formatClock(useNow(true) - since)
}

function Mark({ session }: { session: Session }) {
  const wait = useWait(session)
  return <span className={styles.dot}>{wait ? <WaitMark words={wait.text} /> : <LiveDot />}</span>
}

/** What may be waited for, once it is likely enough. */
function useWait(session: Session) {
  const call = readOpenCall(session, useNow(session.openCall !== undefined))
  return call && call.kind !== 'works' ? call : null
}

function Doing({ session, turn }: { session: Session; turn: Turn }) {
  const { text, code } = describeActivity(turn)
  const wait = useWait(session)
  if (wait) {
    return (
      <span className={styles.doing} data-tone="warn">
        {wait.text}
        {wait.kind === 'mayWait' && (
          <>
            {' '}
            · <Clock since={wait.since} />
          </>
        )}{' '}
        <code>{revealControls(wait.code)}</code>
      </span>
    )
  }
  return (
    <span className={styles.doing}>
      {text} {code !== null && <code>{revealControls(code)}</code>}
    </span>
  )
}

function findLiveLane(layouts: TurnLayout[]): Turn | null {
  for (const { rows } of layouts.toReversed()) {
    for (const row of rows.toReversed()) {
      if (row.kind !== 'lane') continue
      const live = row.lane.turns.findLast(({ turn }) => turn.status === 'live')?.turn ?? findLiveLane(row.lane.turns)
      if (live) return live
    }
  }
  return null
}
