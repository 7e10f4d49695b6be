import { EyeOff, Radio } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { LimitMeters } from '../account/LimitMeters.tsx'
import { useAppState } from '../client/ClientProvider.tsx'
import { NewSessionButton } from '../terminals/NewSessionButton.tsx'
import { useNow } from '../ui/clock.ts'
import { formatCount } from '../ui/formatting.ts'
import { HintBar, hintsEverywhere } from '../ui/HintBar.tsx'
import { Empty } from '../ui/Notices.tsx'
import { useFocused } from '../ui/useFocused.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { LastFinished } from './LastFinished.tsx'
import { LiveCard } from './LiveCard.tsx'
import styles from './LivePage.module.css'
import { listLive } from './liveState.ts'
import { countStates, describeCounts } from './openCallState.ts'

const none: string[] = []

/** All sessions that go on now, each with what it does at this moment, and the few that ended last. */
export function LivePage({ onNewSession }: { onNewSession(): void }) {
  const sessions = useAppState((state) => state.sessions)
  const launchIds = useAppState(({ launches }) => launches?.ids ?? none)
  const privateCount = useAppState(({ launches }) => launches?.privateCount ?? 0)
  const { open, ended } = useMemo(() => listLive(Object.values(sessions), launchIds), [sessions, launchIds])
  const limits = useAppState(({ account }) => (account?.account.state === 'chatgpt' ? account.limits : null))
  const page = useRef<HTMLDivElement>(null)
  useShortcuts({ j: () => focusNext(page.current, 1), k: () => focusNext(page.current, -1) })
  const isAtSession = useFocused((active) => active?.closest('a') != null && active.closest('main') !== null)
  const now = useNow(open.some(({ openCall }) => openCall))
  const waiting = open.filter(({ status }) => status !== 'live').length
  return (
    <>
      <header className={styles.head}>
        <h1>Live</h1>
        <p role="status">
          {[
            ...describeCounts(countStates(open, now)),
            waiting > 0 && `${waiting} waiting for you`,
            privateCount > 0 && `${privateCount} private, not recorded`,
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
        {limits && (
          <div className={styles.limits}>
            <LimitMeters limits={limits} now={now} size="small" />
          </div>
        )}
      </header>
      <div ref={page} className={styles.scroll}>
        {open.length === 0 ? (
          <div className={styles.idle}>
            {privateCount > 0 ? (
              <Empty icon={EyeOff} title={`${formatCount(privateCount, 'private session')} running`}>
                Forwarded and counted. Nothing of it is kept, so there is nothing to see.
              </Empty>
            ) : (
              <Empty
                icon={Radio}
                title="Nothing runs now"
                action={<NewSessionButton onClick={onNewSession} />}
                command="tapedeck codex"
              >
                Start Codex here, or with the command line in any folder of a terminal, and watch it.
              </Empty>
            )}
          </div>
        ) : (
          <ul className={styles.cards} aria-label={formatCount(open.length, 'open session')}>
            {open.map((session) => (
              <li key={session.id}>
                <LiveCard session={session} />
              </li>
            ))}
          </ul>
        )}
        {ended.length > 0 && <LastFinished sessions={ended} />}
      </div>
      <HintBar
        hints={[
          (open.length > 0 || ended.length > 0) && [['j', 'k'], 'session'],
          isAtSession && [['↵'], 'open'],
          ...hintsEverywhere,
        ]}
      />
    </>
  )
}

/** From card to card, and to the sessions that ended last; Enter then opens it. */
function focusNext(page: HTMLElement | null, step: 1 | -1): undefined {
  const links = [...(page?.querySelectorAll('a') ?? [])]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = at < 0 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))
  links[next]?.focus()
}
