import { Undo2 } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Removal } from '../client/state.ts'
import { Button, Keys } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './UndoBar.module.css'

/** As long as what was taken away can be brought back. */
export function UndoBar() {
  const client = useClient()
  const removal = useAppState(({ removals }) => removals.at(-1) ?? null)
  const [problem, setProblem] = useState<string | null>(null)

  async function undo() {
    const reply = await client.undoRemoval()
    setProblem(reply.ok ? null : reply.error.message)
  }

  useShortcuts({
    z: () => {
      if (!removal) return false
      void undo()
      return undefined
    },
  })

  return (
    <div className={styles.place} role="status">
      {removal && (
        <Bar>
          <span className={styles.text}>{describe(removal)}</span>
          <Button onClick={() => void undo()}>
            <Undo2 aria-hidden />
            Undo
            <Keys keys="z" />
          </Button>
        </Bar>
      )}
      {problem !== null && (
        <Bar>
          <Problem
            title="It could not be brought back"
            actions={<Button onClick={() => setProblem(null)}>Dismiss</Button>}
          >
            {problem}
          </Problem>
        </Bar>
      )}
    </div>
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
  return removal.sessions.length === 1 && only
    ? `Deleted “${revealControls(only.title) || 'Untitled'}”`
    : `Deleted ${formatCount(removal.sessions.length, 'session')}`
}
