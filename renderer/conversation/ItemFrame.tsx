import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Items.module.css'

export type ItemKind =
  | 'prompt'
  | 'thought'
  | 'shell'
  | 'patch'
  | 'tool'
  | 'answer'
  | 'error'
  | 'retry'
  | 'unknown'
  | 'lane'

/** One row of the conversation: who or what on the left, what was said or done on the right. j and k step over these. */
export function ItemFrame({
  kind,
  icon: Icon,
  verb,
  itemId,
  children,
}: {
  kind: ItemKind
  icon: LucideIcon
  verb: string
  itemId: string
  children: ReactNode
}) {
  return (
    <article className={styles.item} data-item={itemId} data-kind={kind} tabIndex={-1}>
      <div className={styles.verb}>
        <Icon aria-hidden />
        <span>{verb}</span>
      </div>
      <div>{children}</div>
    </article>
  )
}
