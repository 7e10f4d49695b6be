import { ChevronDown, ChevronUp } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { IconButton } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './SessionHead.module.css'

/** Rendered anew for each title. In one line or two; where that has no room for all of it, a button shows the rest. */
export function SessionTitle({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [isCut, setIsCut] = useState(false)
  const [isWhole, setIsWhole] = useState(false)
  const text = revealControls(title) || 'Untitled'
  useLayoutEffect(() => {
    const element = heading.current
    if (!element || isWhole) return
    const look = () =>
      setIsCut(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isWhole])
  return (
    <>
      <h1 ref={heading} className={styles.title} data-whole={isWhole || undefined} title={text} dir="auto">
        {text}
      </h1>
      {isCut && (
        <IconButton
          label={isWhole ? 'Shorten the title' : 'Show all of the title'}
          icon={isWhole ? ChevronUp : ChevronDown}
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        />
      )}
    </>
  )
}
