import { findWindow, type LimitWindow } from '../account/limitHistory.ts'
import { measureLimit } from '../account/limitMeasure.ts'
import { findPace, type LimitPace } from '../account/limitPace.ts'
import { Meter } from '../account/Meter.tsx'
import { formatMoment } from '../account/moments.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { useNow } from '../ui/clock.ts'
import { formatExact, formatPercent } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './UsageLimits.module.css'

/** How far it is to the limits of the plan, and where it is heading. Not there while no plan's limits are known. */
export function UsageLimits() {
  const limits = useAppState(({ account }) => (account?.account.state === 'chatgpt' ? account.limits : null))
  const now = useNow(false)
  if (!limits) return null
  const windows = [findWindow(limits, 'short'), findWindow(limits, 'long')].filter((window) => window !== null)
  if (windows.length === 0) return null
  return (
    <section className={styles.limits} aria-label="Limits of the plan">
      <h2>
        <a href={formatRoute({ page: 'account' })}>Limits of the plan</a>
      </h2>
      <dl>
        {windows.map((window) => (
          <Limit key={window.name} window={window} pace={findPace(limits, window.name, now)} now={now} />
        ))}
      </dl>
    </section>
  )
}

function Limit({ window, pace, now }: { window: LimitWindow; pace: LimitPace | null; now: number }) {
  const { percent, tone, isOver } = measureLimit(window, now)
  const { label, resetsAt, usedPercent } = window
  return (
    <div>
      <dt>{revealControls(label)}</dt>
      <dd className={styles.used}>{isOver ? 'reset' : `${formatPercent(usedPercent)} used`}</dd>
      <dd className={styles.meter} aria-hidden>
        <Meter percent={percent} tone={tone} />
      </dd>
      {resetsAt !== null && !isOver && (
        <dd className={styles.words} title={formatExact(resetsAt)}>
          resets {formatMoment(resetsAt, now)}
          {pace && `, ${describePace(pace, now)}`}
        </dd>
      )}
    </div>
  )
}

function describePace({ percentAtReset, fullAt }: LimitPace, now: number): string {
  if (fullAt !== null) return `at this pace full ${formatMoment(fullAt, now)}`
  return `at this pace ${formatPercent(percentAtReset)} by then`
}
