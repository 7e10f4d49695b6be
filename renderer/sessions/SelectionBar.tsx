import { Download, Star, Tag, Trash2, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import { IconButton } from '../ui/Controls.tsx'
import { useReturnedFocus } from '../ui/focusReturn.ts'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './SelectionBar.module.css'
import { TagField } from './SessionMarks.tsx'

/** What can be done with all of the chosen sessions at once. Its keys come before those of the session beside the list, unless that is where the reader is. */
export function SelectionBar({ ids, onClear, onDelete }: { ids: string[]; onClear(): void; onDelete(): void }) {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const [isTagging, setIsTagging] = useState(false)
  const tagButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(isTagging, () => tagButton.current)
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

  async function tag(tags: string[]) {
    for (const id of tags.length === 0 ? [] : ids) {
      const reply = await client.markSession(id, { tags: [...new Set([...(sessions[id]?.tags ?? []), ...tags])] })
      if (!reply.ok) return setProblem(reply.error.message)
    }
    setProblem(null)
  }

  const unlessReading = (act: () => void) => () => {
    if (document.activeElement?.closest('[data-conversation], [data-pane="inspector"]')) return false
    act()
    return undefined
  }
  useShortcuts(
    {
      s: unlessReading(() => void star()),
      '#': unlessReading(() => setIsTagging(true)),
      'mod+e': unlessReading(() => setIsExporting(true)),
    },
    { comesFirst: true },
  )

  return (
    <section className={styles.bar} aria-label="Chosen sessions">
      {problem !== null && <Problem title="It did not work for all of them">{problem}</Problem>}
      <div className={styles.line}>
        <span className={styles.count} role="status">
          {formatCount(ids.length, 'session')}
        </span>
        <IconButton
          label={isStarred ? 'Take the stars away' : 'Star them'}
          keys="s"
          icon={Star}
          aria-pressed={isStarred}
          onClick={() => void star()}
        />
        {isTagging ? (
          <TagField
            taken={[]}
            onDone={(tags) => {
              setIsTagging(false)
              void tag(tags)
            }}
          />
        ) : (
          <IconButton ref={tagButton} label="Tag them" keys="#" icon={Tag} onClick={() => setIsTagging(true)} />
        )}
        <IconButton label="Export them" keys="mod+e" icon={Download} onClick={() => setIsExporting(true)} />
        <IconButton label="Delete them" keys="Delete" icon={Trash2} onClick={onDelete} />
        <IconButton label="Choose none" keys="Esc" icon={X} onClick={onClear} />
      </div>
      <ExportDialog ids={ids} isOpen={isExporting} onClose={() => setIsExporting(false)} />
    </section>
  )
}
