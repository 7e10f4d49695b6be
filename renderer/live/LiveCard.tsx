import { Hourglass, MessageSquareReply } from 'lucide-react'
import { memo, useEffect, useMemo } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { formatMoment } from '../account/moments.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { LiveDot } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { FactLine } from '../ui/FactLine.tsx'
import {
  cachedPercent,
  formatClock,
  formatCount,
  formatExact,
  formatPercent,
  formatTokens,
  projectName,
} from '../ui/formatting.ts'
import { explainCost, formatShortCost } from '../ui/money.ts'
import { StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { CardSteps } from './CardSteps.tsx'
import { CardWords } from './CardWords.tsx'
import styles from './LiveCard.module.css'
import { currentTurn, type LiveState, readLiveState } from './liveState.ts'

/** More than two lines of a card. */
const mostTitle = 200

/** One session: what was asked, what is said, and what happens now. All of it leads to its conversation. */
export const LiveCard = memo(function LiveCard({ session }: { session: Session }) {
  const client = useClient()
  useEffect(() => client.watchConversation(session.id), [client, session.id])
  const known = useAppState((state) => state.conversations[session.id]?.turns)
  const turns = useMemo(() => Object.values(known ?? {}), [known])
  const turn = useMemo(() => currentTurn(session, turns), [turns, session])
  const isLive = session.status === 'live'
  const now = useNow(isLive)
  const state = readLiveState(session, turns, now)
  const isTitled = turn !== null && isTitledByPrompt(turn.prompt, session.title)
  const title = revealControls(isTitled ? turn.prompt.trim().slice(0, mostTitle) : session.title) || 'Untitled'
  return (
    <article className={styles.card} data-state={state.kind} aria-label={title}>
      <div className={styles.head}>
        <Mark state={state} />
        <h2 dir="auto">
          <a href={formatRoute({ page: 'session', sessionId: session.id, turnId: null })}>{title}</a>
        </h2>
        {isLive && (
          <span className={styles.clock} title="This turn, so far">
            {formatClock(now - (turn?.startedAt ?? session.startedAt))}
          </span>
        )}
      </div>
      <Facts session={session} />
      <div className={styles.body}>
        {turn && turn.prompt !== '' && !isTitled && (
          <p className={styles.prompt} dir="auto">
            {revealControls(turn.prompt)}
          </p>
        )}
        {turn && (
          <div className={styles.end}>
            <CardWords turn={turn} />
            <CardSteps turn={turn} now={now} />
          </div>
        )}
        {!isLive && session.errorMessage && <p className={styles.error}>{revealControls(session.errorMessage)}</p>}
      </div>
      <Doing state={state} now={now} session={session} />
      {turn && <Tokens turn={turn} session={session} />}
    </article>
  )
})

/** Before codex has made a title the begin of the prompt is it: then the prompt is told once, and more of it. */
function isTitledByPrompt(prompt: string, title: string): boolean {
  return title !== '' && prompt.trim().startsWith(title.replace(/…$/, ''))
}

function Mark({ state: { kind } }: { state: LiveState }) {
  switch (kind) {
    case 'works':
      return <LiveDot />
    case 'mayWait':
    case 'silent':
      return <Hourglass className={styles.mark} aria-hidden />
    case 'waits':
      return <MessageSquareReply className={styles.mark} aria-hidden />
  }
}

function Facts({ session }: { session: Session }) {
  const agents = session.threads.filter(({ parentThreadId }) => parentThreadId !== null).length
  const facts = [
    session.cwd && revealControls(projectName(session.cwd)),
    session.model && revealControls(session.model),
    formatCount(session.turnCount, 'turn'),
    agents > 0 && formatCount(agents, 'sub-agent'),
  ]
  return (
    <p className={styles.facts}>
      <FactLine facts={facts} />
    </p>
  )
}

function Doing({ state, now, session }: { state: LiveState; now: number; session: Session }) {
  const { kind, text, code, since } = state
  return (
    <div className={styles.now} data-state={kind}>
      <span>{text}</span>
      {code !== null && <code title={revealControls(code)}>{revealControls(code)}</code>}
      {kind === 'waits' && session.status !== 'completed' && <StatusMark status={session.status} />}
      {since !== null && (
        <span className={styles.since} title={`Since ${formatExact(since)}`}>
          {kind === 'waits' ? `since ${formatMoment(since, now)}` : formatClock(now - since)}
        </span>
      )}
    </div>
  )
}

/** What the turn used so far, as far as its answers told. */
function Tokens({ turn: { usage }, session }: { turn: Turn; session: Session }) {
  const percent = cachedPercent(usage)
  return (
    <p className={styles.tokens}>
      {usage.totalTokens > 0 ? (
        <>
          <span>{formatTokens(usage.inputTokens)} in</span>
          {percent !== null && percent > 0 && <span>{formatPercent(percent)} cached</span>}
          <span>{formatTokens(usage.outputTokens)} out</span>
        </>
      ) : (
        <span>no tokens yet</span>
      )}
      <span className={styles.sum} title={explainCost(session.accountMode, { unpriced: [] }) || undefined}>
        {session.usage.totalTokens > usage.totalTokens && `${formatTokens(session.usage.totalTokens)} in all`}
        {session.apiEquivalentUsd !== null && <b>{formatShortCost(session.apiEquivalentUsd, session.accountMode)}</b>}
      </span>
    </p>
  )
}
