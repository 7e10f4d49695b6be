import { Radio } from 'lucide-react'
import { memo, useEffect, useMemo } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { describeActivity } from '../conversation/describeActivity.ts'
import { orderSessions } from '../sessions/groupSessions.ts'
import { formatRoute } from '../shell/route.ts'
import { LiveDot } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatClock, formatCount, formatTokens, shortenPath } from '../ui/formatting.ts'
import { Empty } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LivePage.module.css'

/** The sessions that run now, each with what it is doing at this moment. */
export function LivePage() {
  const sessions = useAppState((state) => state.sessions)
  const live = useMemo(
    () => orderSessions(Object.values(sessions).filter((session) => session.status === 'live')),
    [sessions],
  )
  return (
    <>
      <header className={styles.head}>
        <h1>Live</h1>
        {live.length > 0 && <span>{formatCount(live.length, 'session')}</span>}
      </header>
      {live.length === 0 ? (
        <div className={styles.center}>
          <Empty icon={Radio} title="Nothing runs now" command="tapedeck codex">
            Start Codex through Tapedeck in any folder of a terminal, and watch it here.
          </Empty>
        </div>
      ) : (
        <div className={styles.scroll}>
          <ul className={styles.cards}>
            {live.map((session) => (
              <li key={session.id}>
                <LiveCard session={session} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const LiveCard = memo(function LiveCard({ session }: { session: Session }) {
  const client = useClient()
  useEffect(() => client.watchConversation(session.id), [client, session.id])
  const turns = useAppState((state) => state.conversations[session.id]?.turns)
  const turn = useMemo(() => currentTurn(Object.values(turns ?? {}), session), [turns, session])
  return (
    <a className={styles.card} href={formatRoute({ page: 'session', sessionId: session.id, turnId: null })}>
      <div className={styles.cardHead}>
        <LiveDot />
        <h2 dir="auto">{revealControls(session.title) || 'Untitled'}</h2>
        <Elapsed since={turn?.startedAt ?? session.startedAt} />
      </div>
      <p className={styles.facts}>
        {[
          session.cwd && revealControls(shortenPath(session.cwd)),
          session.model,
          formatCount(session.turnCount, 'turn'),
          session.usage.totalTokens > 0 && `${formatTokens(session.usage.totalTokens)} tok`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className={styles.body}>
        {turn && turn.prompt !== '' && (
          <p className={styles.prompt} dir="auto">
            {revealControls(turn.prompt)}
          </p>
        )}
        {turn && <Tail turn={turn} />}
      </div>
      {turn && <Doing turn={turn} />}
    </a>
  )
})

function Elapsed({ since }: { since: number }) {
  const now = useNow(true)
  return <span className={styles.clock}>{formatClock(now - since)}</span>
}

/** The end of what Codex said last: it grows at its end. */
function Tail({ turn }: { turn: Turn }) {
  const said = turn.items.findLast((item) => item.type === 'assistantMessage' && item.text !== '')
  if (said?.type !== 'assistantMessage') return null
  const paragraph =
    said.text
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  const text = paragraph.length > 240 ? `… ${paragraph.slice(-240).replace(/^\S*\s/, '')}` : paragraph
  return (
    <p className={styles.tail} dir="auto">
      {revealControls(text)}
    </p>
  )
}

function Doing({ turn }: { turn: Turn }) {
  const { text, code } = describeActivity(turn)
  return (
    <div className={styles.now}>
      <span>{text}</span>
      {code !== null && <code>{revealControls(code)}</code>}
      <span>{turn.usage.totalTokens > 0 && `${formatTokens(turn.usage.outputTokens)} out`}</span>
    </div>
  )
}

/** The root's turn that runs; while only a sub-agent works, that one's. */
function currentTurn(turns: Turn[], session: Session): Turn | null {
  const roots = new Set(session.threads.filter((thread) => thread.parentThreadId === null).map((thread) => thread.id))
  const latest = [...turns].sort((a, b) => b.startedAt - a.startedAt)
  return (
    latest.find((turn) => turn.status === 'live' && roots.has(turn.threadId)) ??
    latest.find((turn) => turn.status === 'live') ??
    latest[0] ??
    null
  )
}
