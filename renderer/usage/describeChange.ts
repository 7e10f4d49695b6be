import { formatUsd } from '../ui/money.ts'

const nbsp = '\u00a0'

/** Above this, a multiple says more than percents. */
const manyTimes = 2

/** `34 % more`, `12 % less`, `3.2 times as much`, `as much`; null where there was nothing to compare with. */
export function describeChange(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before <= 0) return null
  const ratio = now / before
  if (ratio >= manyTimes)
    return `${ratio >= 10 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(1)} times as much`
  const percent = Math.round(100 * (ratio - 1))
  if (percent === 0) return 'as much'
  return `${Math.abs(percent)}${nbsp}% ${percent > 0 ? 'more' : 'less'}`
}

/** How much more or less it cost than before, as `+$1.20`; `undefined` is what was not there before. */
export function describeDifference(now: number | null, before: number | null | undefined): string {
  if (now === null || before === null) return '–'
  if (before === undefined) return 'new'
  const difference = now - before
  if (Math.abs(difference) < 0.005) return '±$0.00'
  return `${difference > 0 ? '+' : '−'}${formatUsd(Math.abs(difference))}`
}
