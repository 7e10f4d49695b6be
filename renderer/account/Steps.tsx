import type { ReactNode } from 'react'
import styles from './Steps.module.css'

/** Steps in their order; each `li` in it begins with a `StepMark`. */
export function Steps({ className, children }: { className?: string; children: ReactNode }) {
  return <ol className={`${styles.steps} ${className}`}>{children}</ol>
}

/** Where a step stands: its number, or an icon that says more. What it means is told in words beside it. */
export function StepMark({ tone, children }: { tone?: 'ok' | 'accent' | 'fail'; children: ReactNode }) {
  return (
    <span className={styles.mark} data-tone={tone}>
      {children}
    </span>
  )
}
