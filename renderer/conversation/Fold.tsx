import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import styles from './Items.module.css'

/** Open or folded: as it should be by itself, until the reader decides. */
export function useFold(opensByItself: boolean): [isOpen: boolean, toggle: () => void] {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? opensByItself
  return [isOpen, () => setChosen(!isOpen)]
}

export function Twist() {
  return <ChevronRight className={styles.twist} aria-hidden />
}

/** One line that folds out into more. */
export function FoldRow({ summary, meta, children }: { summary: ReactNode; meta?: ReactNode; children: ReactNode }) {
  const [isOpen, toggle] = useFold(false)
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
  const [isOpen, toggle] = useFold(opensByItself)
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
