import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../ui/Controls.tsx'
import styles from './FindBar.module.css'
import type { Find } from './useFind.ts'

/** Over the upper edge of the conversation, while something is looked for in it. */
export function FindBar({ find }: { find: Find }) {
  const field = useRef<HTMLInputElement>(null)
  const { hits, current, query } = find
  const count = hits.length.toLocaleString('en')
  const soFar = find.isWhole ? count : `${count}…`
  const isNone = query.trim() !== '' && find.isUpToDate && find.isWhole && hits.length === 0
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <search className={styles.bar} aria-label="Find in this conversation">
      <Search aria-hidden />
      <input
        ref={field}
        type="text"
        aria-label="Find in this conversation"
        placeholder="Find in this conversation"
        spellCheck={false}
        autoComplete="off"
        value={query}
        aria-invalid={isNone || undefined}
        data-find
        onChange={({ target }) => find.setQuery(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') find.close()
          else return
          event.preventDefault()
        }}
      />
      <span className={styles.count} role="status">
        {query.trim() === '' ? '' : isNone ? 'None' : current === -1 ? soFar : `${current + 1} of ${soFar}`}
      </span>
      <IconButton
        label="Previous"
        keys="⇧↵"
        icon={ChevronUp}
        disabled={hits.length === 0}
        onClick={() => find.step(-1)}
      />
      <IconButton label="Next" keys="↵" icon={ChevronDown} disabled={hits.length === 0} onClick={() => find.step(1)} />
      <IconButton label="Close" keys="Esc" icon={X} onClick={find.close} />
    </search>
  )
}
