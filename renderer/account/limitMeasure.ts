import type { LimitWindow } from './limitHistory.ts'

export type LimitTone = 'plain' | 'warn' | 'fail'

export interface LimitMeasure {
  /** How far a bar is filled, from 0 to 100. */
  percent: number
  tone: LimitTone
  /** Its reset has passed, so that what is known is not true any more. */
  isOver: boolean
}

const warnPercent = 80

export function measureLimit({ usedPercent, resetsAt }: LimitWindow, now: number): LimitMeasure {
  if (resetsAt !== null && resetsAt <= now) return { percent: 0, tone: 'plain', isOver: true }
  const percent = Math.min(100, usedPercent)
  return { percent, tone: percent >= 100 ? 'fail' : percent >= warnPercent ? 'warn' : 'plain', isOver: false }
}
