import { X } from 'lucide-react'
import { useRef } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { useClient } from '../client/ClientProvider.tsx'
import type { Action } from '../search/action.ts'
import { IconButton } from '../ui/Controls.tsx'
import { useReturnedFocus } from '../ui/focusReturn.ts'
import { formatCount } from '../ui/formatting.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { endEditing, useIsEditing } from './editing.ts'
import styles from './SelectionBar.module.css'
import { TagField } from './SessionMarks.tsx'

/** What can be done with all of the chosen sessions at once. Its keys come before those of the session beside the list, unless that is where the reader is. */
export function SelectionBar({
  sessions,
  actions,
  onDo,
  onProblem,
  onClear,
}: {
  sessions: Session[]
  actions: Action[]
  onDo(action: Action): void
  /** Why something did not work for all of them; null once it did. */
  onProblem(message: string | null): void
  onClear(): void
}) {
  const client = useClient()
  const isTagging = useIsEditing('chosen', 'tag')
  const tagButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(isTagging, () => tagButton.current)
  const isStarred = sessions.every((session) => session.isStarred)

  async function tag(tags: string[]) {
    for (const session of tags.length === 0 ? [] : sessions) {
      const reply = await client.markSession(session.id, { tags: [...new Set([...session.tags, ...tags])] })
      if (!reply.ok) return onProblem(reply.error.message)
    }
    onProblem(null)
  }

  const unlessReading = (id: string) => () => {
    if (document.activeElement?.closest('[data-conversation], [data-pane="inspector"]')) return false
    const action = actions.find((each) => each.id === id)
    if (action) onDo(action)
    return undefined
  }
  useShortcuts(
    { s: unlessReading('star'), '#': unlessReading('tag'), 'mod+e': unlessReading('export') },
    { comesFirst: true },
  )

  return (
    <section className={styles.bar} aria-label="Selected sessions">
      <div className={styles.line}>
        <span className={styles.count} role="status">
          {formatCount(sessions.length, 'session')}
        </span>
        {actions.map((action) =>
          action.id === 'tag' && isTagging ? (
            <TagField
              key={action.id}
              taken={[]}
              onDone={(tags) => {
                endEditing('chosen')
                void tag(tags)
              }}
            />
          ) : (
            <IconButton
              key={action.id}
              ref={action.id === 'tag' ? tagButton : undefined}
              label={action.label}
              keys={action.keys}
              icon={action.icon}
              aria-pressed={action.id === 'star' ? isStarred : undefined}
              onClick={() => onDo(action)}
            />
          ),
        )}
        <IconButton label="Clear selection" keys="Esc" icon={X} onClick={onClear} />
      </div>
    </section>
  )
}
