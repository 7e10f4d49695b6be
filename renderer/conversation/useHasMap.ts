import { useRef } from 'react'

const manyTurns = 4
const longInWindows = 2

/**
 * Whether a map of the turns says more than a look at them. Once it did it stays: what is folded meanwhile is no reason for it
 * to go.
 */
export function useHasMap(turnCount: number, totalPx: number, windowPx: number): boolean {
  const had = useRef(false)
  had.current ||= needsMap(turnCount, totalPx, windowPx)
  return had.current
}

export function needsMap(turnCount: number, totalPx: number, windowPx: number): boolean {
  return turnCount >= manyTurns || (turnCount > 1 && windowPx > 0 && totalPx > longInWindows * windowPx)
}
