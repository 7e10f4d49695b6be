import { ChevronRight } from 'lucide-react'
import type { ReactElement, ReactNode, Ref } from 'react'
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
  ref,
  head,
  meta,
  tool,
  opensByItself,
  isLive,
  children,
}: {
  ref?: Ref<HTMLDivElement>
  head: ReactNode
  meta: ReactNode
  /** At the end of its head, while there is something for it to work on. */
  tool?: ReactNode
  opensByItself: boolean
  isLive?: boolean
  children: ReactNode
}) {
  const [isOpen, toggle] = useFold('card', opensByItself)
  return (
    <div ref={ref} className={styles.card} data-live={isLive || undefined}>
      <div className={styles.cardTop}>
        <FoldTip isOpen={isOpen}>
          <button type="button" className={styles.cardHead} aria-expanded={isOpen} onClick={toggle}>
            <Twist />
            {head}
            <span className={styles.meta}>{meta}</span>
          </button>
        </FoldTip>
        {isOpen && tool}
      </div>
      {isOpen && children}
    </div>
  )
}
