import { Undo2 } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Removal } from '../client/removalList.ts'
import { replaceRoute } from '../shell/route.ts'
import { Button, Keys } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './UndoBar.module.css'

/** How long it is said that there is nothing. */
const inVainMs = 3_000

/** As long as what was taken away can be brought back. */
export function UndoBar() {
  const client = useClient()
  const removals = useAppState((state) => state.removals)
  const removal = removals.at(-1) ?? null
  const [problem, setProblem] = useState<string | null>(null)
  const [isInVain, setIsInVain] = useState(false)
  useEffect(() => {
    if (!isInVain) return
    const timer = setTimeout(() => setIsInVain(false), inVainMs)
    return () => clearTimeout(timer)
  }, [isInVain])

  async function undo() {
    const reply = await client.undoRemoval()
    setProblem(reply.ok ? null : reply.error.message)
    const back = reply.ok ? reply.value : null
    setIsInVain(reply.ok && back === null)
    const [first] = back?.what === 'sessions' ? back.sessions : []
    if (first) showAgain(first.id)
  }

  useShortcuts({
    z: () => {
      void undo()
      return undefined
    },
  })

  return (
    <div className={styles.place} role="status">
      {removal && (
        <Bar>
          <span className={styles.text}>{describe(removal)}</span>
          <TimeLeft key={removal.undoUntil} until={removal.undoUntil} before={removals.length - 1} />
          <Button onClick={() => void undo()}>
            <Undo2 aria-hidden />
            Undo
            <Keys keys="z" />
          </Button>
        </Bar>
      )}
      {!removal && isInVain && (
        <Bar>
          <span className={styles.text}>There is nothing left to undo.</span>
        </Bar>
      )}
      {problem !== null && (
        <Bar>
          <Problem title="It could not be restored" onDismiss={() => setProblem(null)}>
            {problem}
          </Problem>
        </Bar>
      )}
    </div>
  )
}

/** Seconds that count down, over a line that shrinks; and how many more can be brought back after it. */
function TimeLeft({ until, before }: { until: number; before: number }) {
  const seconds = Math.max(1, Math.ceil((until - useNow(true)) / 1_000))
  // As it was when the bar came: the line shrinks by itself from there.
  const [leftMs] = useState(() => Math.max(0, until - Date.now()))
  const line = { animationDuration: `${leftMs}ms`, width: `${Math.min(100, leftMs / 100)}%` }
  return (
    <>
      {before > 0 && <span className={styles.aside}>{before} more before</span>}
      <span className={styles.aside} aria-hidden>
        {seconds} s
      </span>
      <i className={styles.line} style={line} aria-hidden />
    </>
  )
}

/** Opens what came back where the list was, and goes on from its row. */
function showAgain(id: string) {
  const list = document.querySelector('[data-pane="list"]')
  if (!list) return
  if (window.matchMedia('(min-width: 861px)').matches) replaceRoute({ page: 'session', sessionId: id, turnId: null })
  requestAnimationFrame(() =>
    list.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"] a`)?.focus({ preventScroll: true }),
  )
}

/** It goes by itself, with whatever in it has the focus, which goes on where it came from. */
function Bar({ children }: { children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = bar.current
    let cameFrom: EventTarget | null = null
    element?.addEventListener('focusin', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) cameFrom = relatedTarget
    })
    return () => {
      if (element?.contains(document.activeElement)) setTimeout(() => goOn(cameFrom))
    }
  }, [])
  return (
    <div ref={bar} className={styles.bar}>
      {children}
    </div>
  )
}

function goOn(cameFrom: EventTarget | null) {
  if (document.activeElement !== document.body) return
  const isThere = cameFrom instanceof HTMLElement && cameFrom.isConnected
  const place = isThere
    ? cameFrom
    : (document.querySelector<HTMLElement>('[data-pane="list"] :is([aria-current], li[data-key] a)') ??
      document.querySelector<HTMLElement>('main'))
  place?.focus({ preventScroll: true })
}

function describe(removal: Removal): string {
  if (removal.what === 'search') return `Removed the saved search “${revealControls(removal.search.name)}”`
  const [only] = removal.sessions
  return removal.sessions.length === 1 && only && only.title !== null
    ? `Deleted “${revealControls(only.title) || 'Untitled'}”`
    : `Deleted ${formatCount(removal.sessions.length, 'session')}`
}
