import { SearchX, Unplug } from 'lucide-react'
import { lazy, Suspense, type SyntheticEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { allTurns, emptyConversation } from '../client/conversation.ts'
import { isUnread } from '../client/unreadTurns.ts'
import conversation from '../conversation/Conversation.module.css'
import { Conversation } from '../conversation/Conversation.tsx'
import { putInspectorAside, setInspector, toggleInspector, useInspector } from '../inspector/inspectorState.ts'
import { findSelection, isAmong, type Selection, selectExchange } from '../inspector/selectExchange.ts'
import { goTo } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { Empty, Problem } from '../ui/Notices.tsx'
import { isNarrow, useIsNarrow } from '../ui/narrow.ts'
import { untilLoaded } from '../ui/untilLoaded.ts'
import { CoveredContext, useShortcuts } from '../ui/useShortcuts.ts'
import { SessionHead } from './SessionHead.tsx'
import styles from './SessionPage.module.css'
import { StaleNotice } from './StaleNotice.tsx'

const Inspector = lazy(async () => ({
  default: (await untilLoaded(() => import('../inspector/Inspector.tsx'))).Inspector,
}))

export function SessionPage({
  sessionId,
  turnId,
  itemId,
  exchangeId,
}: {
  sessionId: string
  turnId: string | null
  itemId: string | null
  exchangeId: string | null
}) {
  const client = useClient()
  const near = useRef(turnId)
  near.current = turnId
  useEffect(() => client.watchConversation(sessionId, near.current), [client, sessionId])
  const session = useAppState((state) => state.sessions[sessionId])
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  const loaded = useAppState((state) => state.conversations[sessionId])
  const { turns: read, unread } = loaded ?? emptyConversation
  const turns = useMemo(() => allTurns({ turns: read, unread }), [read, unread])

  const target = useMemo(() => ({ turnId, itemId, exchangeId }), [turnId, itemId, exchangeId])

  const isInspecting = useInspector(({ isOpen }) => isOpen)
  const isOfRequest = useInspector(({ scope }) => scope === 'exchange')
  const [selection, setSelection] = useState<Selection>({ turnId, exchangeId })
  const [sought, setSought] = useState<Selection | null>(null)
  const select = useCallback((next: Selection) => {
    setSelection(next)
    setSought({ ...next })
  }, [])
  const selected = useMemo(() => {
    // What was the last of all can be told once all of it is here.
    const isKnown = isInspecting && (isAmong(turns, selection) || !turns.some(isUnread))
    return isKnown ? selectExchange(turns, selection) : null
  }, [isInspecting, turns, selection])
  // What it covers is not there for the keyboard either.
  const isCovering = useIsNarrow() && isInspecting && loaded?.state === 'ready'
  useShortcuts({ i: toggle, 'mod+i': toggle, I: enterInspector })
  // An address that leads to an exchange wants it seen.
  useEffect(() => {
    setSelection((before) =>
      before.turnId === turnId && before.exchangeId === exchangeId ? before : { turnId, exchangeId },
    )
    if (exchangeId !== null) setInspector({ isOpen: true, isEntered: true, scope: 'exchange' })
  }, [turnId, exchangeId])
  useEffect(() => {
    if (itemId !== null && exchangeId === null) putInspectorAside(isNarrow())
  }, [itemId, exchangeId])

  if (!session) {
    if (isDown) return <Silence heading="h1" />
    if (loaded?.state === 'loading') return null
    return (
      <div className={conversation.center}>
        <div className={styles.missing}>
          <Empty icon={SearchX} title="This session is not here" heading="h1">
            {loaded?.message ?? 'It was deleted, or it belongs to another data folder.'}
          </Empty>
          <Button onClick={() => goTo({ page: 'sessions' })}>Show all sessions</Button>
        </div>
      </div>
    )
  }
  function point({ target }: SyntheticEvent) {
    const next = target instanceof Element ? findSelection(target, turns) : null
    if (next) setSelection(next)
  }
  return (
    <div className={styles.panes}>
      {/* The inspector is about what the reader points at. */}
      <div className={styles.pane} inert={isCovering} onFocusCapture={point} onClickCapture={point}>
        <CoveredContext value={isCovering}>
          <SessionHead session={session} turns={turns} />
          {loaded?.state === 'failed' ? (
            <div className={conversation.padded}>
              <Problem
                title="The conversation could not be read"
                actions={<Button onClick={() => void client.retryConversation(sessionId)}>Try again</Button>}
              >
                {loaded.message}
              </Problem>
            </div>
          ) : (
            loaded?.state === 'ready' && (
              <>
                <StaleNotice sessionId={sessionId} />
                <Conversation
                  session={session}
                  turns={turns}
                  target={target}
                  inspectedId={isOfRequest ? (selected?.exchange.id ?? null) : null}
                  sought={sought}
                />
              </>
            )
          )}
          {isDown && loaded?.state === 'loading' && <Silence heading="h2" />}
        </CoveredContext>
      </div>
      {isInspecting && loaded?.state === 'ready' && (
        <Suspense>
          <Inspector session={session} turns={turns} selection={selection} selected={selected} onSelect={select} />
        </Suspense>
      )}
    </div>
  )
}

function enterInspector() {
  setInspector({ isOpen: true, isEntered: true })
  return true
}

function toggle() {
  toggleInspector(isNarrow())
  return true
}

/** Nothing of it was read before the line went down. On a phone no bar beside it says so. */
function Silence({ heading }: { heading: 'h1' | 'h2' }) {
  return (
    <div className={conversation.center}>
      <Empty icon={Unplug} title="Tapedeck does not answer" heading={heading}>
        It may have been quit or is starting again. The conversation appears when it is back.
      </Empty>
    </div>
  )
}
