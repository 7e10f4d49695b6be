import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFold } from './foldState.ts'
import styles from './Items.module.css'

export function Twist() {
  return <ChevronRight className={styles.twist} aria-hidden />
}

/** One line that folds out into more. */
export function FoldRow({ summary, meta, children }: { summary: ReactNode; meta?: ReactNode; children: ReactNode }) {
  const [isOpen, toggle] = useFold('row', false)
  return (
    <>
      <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={toggle}>
        <Twist />
        <span className={styles.foldText}>{summary}</span>
        {meta && <span className={styles.meta}>{meta}</span>}
      </button>
      {isOpen && <div className={styles.inside}>{children}</div>}
    </>
  )
}

/** A card whose head stays and whose parts fold. */
export function Card({
  head,
  meta,
  opensByItself,
  isLive,
  children,
}: {
  head: ReactNode
  meta: ReactNode
  opensByItself: boolean
  isLive?: boolean
  children: ReactNode
}) {
  const [isOpen, toggle] = useFold('card', opensByItself)
  return (
    <div className={styles.card} data-live={isLive || undefined}>
      <button type="button" className={styles.cardHead} aria-expanded={isOpen} onClick={toggle}>
        <Twist />
        {head}
        <span className={styles.meta}>{meta}</span>
      </button>
      {isOpen && children}
    </div>
  )
}
