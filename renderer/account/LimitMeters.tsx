import { TriangleAlert } from 'lucide-react'
import { Fragment } from 'react'
import type { Limits } from '../../contract/domain/limits.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatExact, formatPercent } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { describeReset, shortenLabel } from './describeWindow.ts'
import styles from './LimitMeters.module.css'
import { findWindow, type LimitWindow, readWindows } from './limitHistory.ts'
import { type LimitTone, measureLimit } from './limitMeasure.ts'
import { findPace } from './limitPace.ts'

interface LimitMetersProps {
  limits: Limits
  now: number
  /** `small` where they stand beside other things: the plan's own two windows, in short words. */
  size: 'large' | 'small'
  /** Those of single models too. */
  hasAll?: boolean
}

/** How much of the plan is used, until when, and where it is heading: drawn the same wherever it stands. */
export function LimitMeters({ limits, now, size, hasAll }: LimitMetersProps) {
  const windows = hasAll ? readWindows(limits) : readPlan(limits)
  if (windows.length === 0) return null
  return (
    <dl className={styles.meters} data-size={size} aria-label="Plan limits">
      {windows.map((window) => (
        <Meter
          key={window.name}
          window={window}
          size={size}
          words={describeReset(window, findPace(limits, window.name, now), now)}
          now={now}
        />
      ))}
    </dl>
  )
}

function readPlan(limits: Limits): LimitWindow[] {
  return [findWindow(limits, 'short'), findWindow(limits, 'long')].filter((window) => window !== null)
}

interface MeterProps extends Pick<LimitMetersProps, 'size' | 'now'> {
  window: LimitWindow
  words: ReturnType<typeof describeReset>
}

function Meter({ window, size, words, now }: MeterProps) {
  const { percent, tone, isOver } = measureLimit(window, now)
  const { usedPercent, resetsAt } = window
  const label = revealControls(window.label)
  const used = isOver ? 'reset' : `${formatPercent(usedPercent)} used`
  const [line, ...more] = words
  const isSmall = size === 'small'
  return (
    <div data-tone={tone} title={isSmall ? [`${label}: ${used}`, ...words].join(', ') : undefined}>
      <dt>{isSmall ? shortenLabel(label) : label}</dt>
      <dd className={styles.used}>
        <Warning tone={tone} />
        {used}
      </dd>
      <dd className={styles.track} aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </dd>
      {line !== undefined && resetsAt !== null && (
        <dd className={styles.words} title={isSmall ? undefined : formatExact(resetsAt)}>
          {line}
          {!isSmall &&
            more.map((each) => (
              <Fragment key={each}>
                , <span>{each}</span>
              </Fragment>
            ))}
        </dd>
      )}
    </div>
  )
}

/** A shape beside the colour. */
function Warning({ tone }: { tone: LimitTone }) {
  if (tone === 'plain') return null
  return (
    <>
      <TriangleAlert aria-hidden />
      <Hidden>{tone === 'fail' ? 'Full: ' : 'Nearly full: '}</Hidden>
    </>
  )
}
