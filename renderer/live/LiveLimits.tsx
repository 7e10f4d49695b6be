import { findWindow, type LimitWindow } from '../account/limitHistory.ts'
import { measureLimit } from '../account/limitMeasure.ts'
import { Meter } from '../account/Meter.tsx'
import { formatMoment } from '../account/moments.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { useNow } from '../ui/clock.ts'
import { formatPercent } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LivePage.module.css'

/** How much of the plan is left for what runs, and until when. */
export function LiveLimits() {
  const limits = useAppState(({ account }) => (account?.account.state === 'chatgpt' ? account.limits : null))
  const now = useNow(false)
  if (!limits) return null
  const windows = [findWindow(limits, 'short'), findWindow(limits, 'long')].filter((window) => window !== null)
  return (
    <dl className={styles.limits} aria-label="Plan limits">
      {windows.map((window) => (
        <Limit key={window.name} window={window} now={now} />
      ))}
    </dl>
  )
}

function Limit({ window, now }: { window: LimitWindow; now: number }) {
  const { percent, tone, isOver } = measureLimit(window, now)
  const { label, resetsAt, usedPercent } = window
  return (
    <div>
      <dt>{revealControls(label)}</dt>
      <dd>{isOver ? 'reset' : `${formatPercent(usedPercent)} used`}</dd>
      {resetsAt !== null && !isOver && <dd className={styles.reset}>resets {formatMoment(resetsAt, now)}</dd>}
      <dd className={styles.meter} aria-hidden>
        <Meter percent={percent} tone={tone} />
      </dd>
    </div>
  )
}
