import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { longestTitle } from '../../contract/domain/session.ts'
import styles from './SessionHead.module.css'

/** Enter and leaving keep the new title, Escape the old one; nothing at all gives the session its first title back. */
export function RenameField({
  title,
  onDone,
  onCancel,
}: {
  title: string
  onDone(title: string): void
  onCancel(): void
}) {
  const [text, setText] = useState(title)
  const field = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  const hintId = useId()
  const hint = hintFor(text)
  useEffect(() => field.current?.select(), [])

  function finish(isKept: boolean) {
    if (isOver.current) return
    isOver.current = true
    if (isKept) onDone(text.trim())
    else onCancel()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') finish(true)
    else if (event.key === 'Escape') finish(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <span className={styles.renaming}>
      {/* The page keeps its heading while that is written. */}
      <h1 className={styles.inputBox}>
        <input
          ref={field}
          className={styles.input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => finish(true)}
          maxLength={longestTitle}
          aria-label="Title of the session"
          aria-describedby={hint === null ? undefined : hintId}
          dir="auto"
          spellCheck={false}
        />
      </h1>
      <span id={hintId} className={styles.renameHint} role="status">
        {hint}
      </span>
    </span>
  )
}

function hintFor(text: string): string | null {
  if (text.trim() === '') return 'Leave it empty to restore the original title.'
  return text.length >= longestTitle ? `A title has up to ${longestTitle} characters.` : null
}
