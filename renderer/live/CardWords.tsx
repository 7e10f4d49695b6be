import { useMemo, useRef, useState } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { Markdown } from '../ui/Markdown.tsx'
import styles from './LiveCard.module.css'
import { lastWords } from './turnEnd.ts'

/** The end of what Codex said, as it is written. */
export function CardWords({ turn }: { turn: Turn }) {
  const words = useMemo(() => lastWords(turn), [turn])
  const { held, holding } = useHeld(words)
  if (held === '') return null
  const isWriting = turn.status === 'live' && turn.items.at(-1)?.type === 'assistantMessage'
  return (
    <div className={styles.words} {...holding}>
      <Markdown text={held} isStreaming={isWriting} isExcerpt />
    </div>
  )
}

/** What has a link with the focus, or whose dialog is open, stays: the link would go with the text that it stands in. */
function useHeld(words: string) {
  const [held, setHeld] = useState<string | null>(null)
  const release = useRef<ReturnType<typeof setTimeout>>(undefined)
  return {
    held: held ?? words,
    holding: {
      onFocus() {
        clearTimeout(release.current)
        setHeld((before) => before ?? words)
      },
      onBlur({ currentTarget }: { currentTarget: HTMLElement }) {
        // From the link into its dialog nothing has the focus for a moment.
        release.current = setTimeout(() => {
          setHeld(null)
          currentTarget.scrollTop = 0
        })
      },
    },
  }
}
