import { Check, CircleX, Lightbulb, Minus } from 'lucide-react'
import { useMemo } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { Hidden, LiveDot } from '../ui/Controls.tsx'
import { formatClock, formatDuration } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LiveCard.module.css'
import { lastSteps, type Step } from './turnEnd.ts'

/** As high as the words beside them; a narrow card shows the last of them. */
const most = 8

/** What was done on the way to what happens now. */
export function CardSteps({ turn, now }: { turn: Turn; now: number }) {
  const steps = useMemo(() => lastSteps(turn, most), [turn])
  if (steps.length === 0) return null
  return (
    <ol className={styles.steps} aria-label="Last steps">
      {steps.map((step) => (
        <StepRow key={step.id} step={step} now={now} />
      ))}
    </ol>
  )
}

function StepRow({ step: { outcome, text, isCode, end, at, durationMs }, now }: { step: Step; now: number }) {
  const shown = revealControls(text)
  return (
    <li data-outcome={outcome ?? 'thought'}>
      <Mark outcome={outcome} />
      {isCode ? <code dir="ltr">{shown}</code> : <span dir="auto">{shown}</span>}
      <span className={styles.stepEnd}>
        {end !== null && <b>{end}</b>}
        {outcome === 'running' ? formatClock(now - at) : durationMs !== null && formatDuration(durationMs)}
      </span>
    </li>
  )
}

function Mark({ outcome }: { outcome: Step['outcome'] }) {
  switch (outcome) {
    case null:
      return (
        <>
          <Lightbulb aria-hidden />
          <Hidden>Thought: </Hidden>
        </>
      )
    case 'done':
      return (
        <>
          <Check aria-hidden />
          <Hidden>Done: </Hidden>
        </>
      )
    case 'failed':
      return <CircleX aria-hidden />
    case 'running':
      return (
        <>
          <LiveDot />
          <Hidden>Runs: </Hidden>
        </>
      )
    case 'unknown':
      return <Minus aria-hidden />
  }
}
