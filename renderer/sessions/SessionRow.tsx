import { Star } from 'lucide-react'
import { memo } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { enterConversation } from '../conversation/entering.ts'
import { readOpenCall } from '../live/openCallState.ts'
import { formatRoute } from '../shell/route.ts'
import { Hidden } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import {
  cachedPercent,
  formatCount,
  formatDuration,
  formatExact,
  formatPercent,
  formatTime,
  formatTokens,
  formatWhen,
  projectName,
  shortenPath,
} from '../ui/formatting.ts'
import { isNarrow } from '../ui/narrow.ts'
import { StatusMark, WaitMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './SessionList.module.css'

interface SessionRowProps {
  session: Session
  /** Whether a heading above says the day. */
  isUnderDay: boolean
  isCurrent: boolean
  isSelected: boolean
  /** With Control or Command, or with Shift, a click chooses instead of opening. */
  onSelect(id: string, upTo: boolean): void
}

export const SessionRow = memo(function SessionRow({
  session,
  isUnderDay,
  isCurrent,
  isSelected,
  onSelect,
}: SessionRowProps) {
  const title = revealControls(session.title)
  const isOpen = session.openCall !== undefined
  const now = useNow(isOpen)
  const call = isOpen ? readOpenCall(session, now) : null
  const wait = call && call.kind !== 'works' ? call : null
  return (
    <a
      className={styles.row}
      data-selected={isSelected || undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) {
          event.preventDefault()
          onSelect(session.id, event.shiftKey)
        } else if (event.detail === 0 && isNarrow()) {
          // The list makes room for it.
          enterConversation(session.id)
        } else if (isCurrent && event.detail === 0) {
          // By Enter, as it is open already: on into it.
          event.preventDefault()
          document.querySelector<HTMLElement>('[data-conversation]')?.focus()
        }
      }}
      href={formatRoute({ page: 'session', sessionId: session.id, turnId: null })}
      data-status={session.status}
      aria-current={isCurrent || undefined}
    >
      {wait ? <WaitMark words={wait.text} /> : <StatusMark status={session.status} />}
      {isSelected && <Hidden>selected</Hidden>}
      <span className={styles.title} title={title} dir="auto">
        {title || 'Untitled'}
      </span>
      <span className={styles.sub}>
        {wait && (
          <span className={styles.note} data-tone="warn" title={revealControls(`${wait.text}: ${wait.code}`)}>
            {wait.text}
          </span>
        )}
        <Note session={session} />
        {session.cwd && (
          <span className={styles.project} title={revealControls(shortenPath(session.cwd))}>
            {revealControls(projectName(session.cwd))}
          </span>
        )}
        <Details session={session} />
        {session.tags.map((tag) => (
          <span key={tag}>#{revealControls(tag)}</span>
        ))}
      </span>
      <span className={styles.aside}>
        {session.isStarred && <Star className={styles.star} aria-label="starred" />}
        <When session={session} isUnderDay={isUnderDay} />
      </span>
    </a>
  )
})

function When({ session, isUnderDay }: Pick<SessionRowProps, 'session' | 'isUnderDay'>) {
  const isLive = session.status === 'live'
  const now = useNow(isLive)
  if (!isLive) {
    return (
      <time className={styles.when} title={formatExact(session.updatedAt)}>
        {isUnderDay ? formatTime(session.updatedAt) : formatWhen(session.updatedAt, now)}
      </time>
    )
  }
  return (
    <span className={styles.when} title={`since ${formatExact(session.startedAt)}`}>
      {formatDuration(Math.max(0, now - session.startedAt - ((now - session.startedAt) % 1_000))).replace('.0', '')}
    </span>
  )
}

/** First of all, as a long folder would push it out. */
function Note({ session }: { session: Session }) {
  const note = noteOf(session)
  if (note === null) return null
  return (
    <span className={styles.note} title={note}>
      {note}
    </span>
  )
}

function Details({ session }: { session: Session }) {
  if (noteOf(session) !== null) return null
  const cached = cachedPercent(session.usage)
  return (
    <>
      <span>{formatCount(session.turnCount, 'turn')}</span>
      {session.usage.totalTokens > 0 && <span>{formatTokens(session.usage.totalTokens)} tok</span>}
      {cached !== null && cached > 0 && <span>{formatPercent(cached)} cached</span>}
    </>
  )
}

/** What is more worth saying than numbers. */
function noteOf(session: Session): string | null {
  switch (session.status) {
    case 'failed':
      return session.errorMessage ? revealControls(session.errorMessage) : 'Failed'
    case 'aborted':
      return 'Stopped'
    case 'cut':
      return 'Cut: the end was not seen'
    default:
      return null
  }
}
