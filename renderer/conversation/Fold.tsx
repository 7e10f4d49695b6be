import { ChevronRight } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { TriggerProps } from '../ui/Borrowed.tsx'
import { Tip } from '../ui/Controls.tsx'
import { useFold } from './foldState.ts'
import styles from './Items.module.css'

export function Twist() {
  return <ChevronRight className={styles.twist} aria-hidden />
}

/** For the button of a row that `e` presses. */
export function FoldTip({ isOpen, children }: { isOpen: boolean; children: ReactElement<TriggerProps> }) {
  return (
    <Tip label={isOpen ? 'Fold' : 'Expand'} keys="e" side="top">
      {children}
    </Tip>
  )
}

/** One line that folds out into more. */
export function FoldRow({ summary, meta, children }: { summary: ReactNode; meta?: ReactNode; children: ReactNode }) {
  const [isOpen, toggle] = useFold('row', false)
  return (
    <>
      <FoldTip isOpen={isOpen}>
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={toggle}>
          <Twist />
          <span className={styles.foldText}>{summary}</span>
          {meta && <span className={styles.meta}>{meta}</span>}
        </button>
      </FoldTip>
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
      <FoldTip isOpen={isOpen}>
        <button type="button" className={styles.cardHead} aria-expanded={isOpen} onClick={toggle}>
          <Twist />
          {head}
          <span className={styles.meta}>{meta}</span>
        </button>
      </FoldTip>
      {isOpen && children}
    </div>
  )
}
