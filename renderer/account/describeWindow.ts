import { formatPercent } from '../ui/formatting.ts'
import type { LimitWindow } from './limitHistory.ts'
import type { LimitPace } from './limitPace.ts'
import { formatMoment, formatUntil } from './moments.ts'

/** When a window resets and where it is heading until then, what matters most first. */
export function describeReset({ usedPercent, resetsAt }: LimitWindow, pace: LimitPace | null, now: number): string[] {
  if (resetsAt === null) return []
  const moment = formatMoment(resetsAt, now)
  if (resetsAt <= now) return [`reset ${moment}`, `${formatPercent(usedPercent)} used before`]
  return [`resets ${moment}`, formatUntil(resetsAt, now), ...(pace ? [describePace(pace, now)] : [])]
}

function describePace({ percentAtReset, fullAt }: LimitPace, now: number): string {
  if (fullAt !== null) return `at this pace full ${formatMoment(fullAt, now)}`
  return `at this pace ${formatPercent(percentAtReset)} by then`
}

/** `5 h` for `5-hour window`. */
export function shortenLabel(label: string): string {
  return label
    .replace(/^(\d+)-hour window$/, '$1\u00a0h')
    .replace(/^(\d+)-day window$/, '$1\u00a0d')
    .replace(/^Window of (hours|days)$/, (_all, unit: string) => (unit === 'hours' ? 'Hours' : 'Days'))
}
