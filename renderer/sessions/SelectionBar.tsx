import { Download, Star, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import { goTo, useRoute } from '../shell/route.ts'
import { IconButton } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { routeOfView } from './listAddress.ts'
import styles from './SelectionBar.module.css'

/** What can be done with all of the chosen sessions at once. */
export function SelectionBar({ ids, onClear }: { ids: string[]; onClear(): void }) {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const route = useRoute()
  const [isExporting, setIsExporting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isStarred = ids.every((id) => sessions[id]?.isStarred)

  async function star() {
    for (const id of ids) {
      const reply = await client.markSession(id, { isStarred: !isStarred })
      if (!reply.ok) return setProblem(reply.error.message)
    }
    setProblem(null)
  }

  async function remove() {
    const reply = await client.deleteSessions(ids)
    if (!reply.ok) return setProblem(reply.error.message)
    onClear()
    if (route.page === 'session' && ids.includes(route.sessionId)) goTo(routeOfView(client.store.getState().view))
  }

  return (
    <section className={styles.bar} aria-label="Chosen sessions">
      {problem !== null && <Problem title="It did not work for all of them">{problem}</Problem>}
      <div className={styles.line}>
        <span className={styles.count} role="status">
          {formatCount(ids.length, 'session')}
        </span>
        <IconButton
          label={isStarred ? 'Take the stars away' : 'Star them'}
          icon={Star}
          aria-pressed={isStarred}
          onClick={() => void star()}
        />
        <IconButton label="Export them" icon={Download} onClick={() => setIsExporting(true)} />
        <IconButton label="Delete them" icon={Trash2} onClick={() => void remove()} />
        <IconButton label="Choose none" keys="Esc" icon={X} onClick={onClear} />
      </div>
      <ExportDialog ids={ids} isOpen={isExporting} onClose={() => setIsExporting(false)} />
    </section>
  )
}
