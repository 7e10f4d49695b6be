import type { LimitMeasure } from './limitMeasure.ts'
import styles from './Meter.module.css'

/** How full a window of the plan is. The number stands beside it, so it is nothing for a screen reader. */
export function Meter({ percent, tone }: Pick<LimitMeasure, 'percent' | 'tone'>) {
  return (
    <span className={styles.meter} data-tone={tone} aria-hidden>
      <span style={{ width: `${percent}%` }} />
    </span>
  )
}
