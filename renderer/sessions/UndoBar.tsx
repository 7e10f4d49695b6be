import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button, Keys } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './UndoBar.module.css'

/** As long as a deletion can be taken back. */
export function UndoBar() {
  const client = useClient()
  const deletion = useAppState((state) => state.deletion)
  const [problem, setProblem] = useState<string | null>(null)

  async function undo() {
    const reply = await client.undoDeletion()
    setProblem(reply.ok ? null : reply.error.message)
  }

  useShortcuts({
    z: () => {
      if (!deletion) return false
      void undo()
      return undefined
    },
  })

  return (
    <div className={styles.place} role="status">
      {deletion && (
        <div className={styles.bar}>
          <span className={styles.text}>Deleted {describe(deletion.sessions)}</span>
          <Button onClick={() => void undo()}>
            <Undo2 aria-hidden />
            Undo
            <Keys keys="z" />
          </Button>
        </div>
      )}
      {problem !== null && (
        <div className={styles.bar}>
          <Problem
            title="It could not be brought back"
            actions={<Button onClick={() => setProblem(null)}>Dismiss</Button>}
          >
            {problem}
          </Problem>
        </div>
      )}
    </div>
  )
}

function describe(sessions: { title: string }[]): string {
  const [only] = sessions
  return sessions.length === 1 && only
    ? `“${revealControls(only.title) || 'Untitled'}”`
    : formatCount(sessions.length, 'session')
}
