import type { Limits } from '../../contract/domain/limits.ts'

export interface LimitPace {
  /** How much will be used at the reset if it goes on as it went so far. */
  percentAtReset: number
  /** When nothing will be left, if that is before the reset. */
  fullAt: number | null
}

/** Before this part of a window is over nothing can be told of the rest. */
const leastShare = 0.1

/** Where a window of a limit is heading. Null where its length or its reset is not known, and where it is full or over. */
export function findPace(limits: Limits, name: string, now: number): LimitPace | null {
  const window = limits.windows.find((one) => one.name === name)
  if (!window || window.windowMinutes === null || window.resetsAt === null) return null
  const { usedPercent, resetsAt } = window
  const lengthMs = window.windowMinutes * 60_000
  const startsAt = resetsAt - lengthMs
  // What is used was told then; what was used since is not known.
  const passedMs = limits.at - startsAt
  if (resetsAt <= now || usedPercent >= 100 || passedMs < leastShare * lengthMs || passedMs > lengthMs) return null
  const percentAtReset = Math.round((usedPercent * lengthMs) / passedMs)
  const fullAt = startsAt + (passedMs * 100) / usedPercent
  return { percentAtReset, fullAt: usedPercent > 0 && fullAt < resetsAt ? Math.max(now, fullAt) : null }
}
