import type { Limits } from '../../../contract/domain/limits.ts'

const dayMs = 86_400_000
const cells = 10

/** `5 h window  ▓▓▓▓▓▓░░░░ 62 % · resets 14:20`, a line each. */
export function describeLimits({ windows }: Limits, { now, timeZone }: { now: number; timeZone?: string }): string[] {
  return windows.map(({ name, usedPercent, windowMinutes, resetsAt }) => {
    const label = nameWindow(windowMinutes) ?? name.slice(0, 30)
    if (resetsAt !== null && resetsAt <= now) return `${label}  has been reset`
    const percent = Math.min(100, Math.max(0, usedPercent))
    const full = Math.round(percent / (100 / cells))
    const bar = '▓'.repeat(full) + '░'.repeat(cells - full)
    const resets = resetsAt === null ? '' : ` · resets ${formatReset(resetsAt, now, timeZone)}`
    return `${label}  ${bar} ${Math.round(percent)} %${resets}`
  })
}

function nameWindow(minutes: number | null): string | null {
  if (minutes === null) return null
  if (minutes === 10_080) return 'Week'
  return minutes < 1_440 ? `${Math.round(minutes / 60)} h window` : `${Math.round(minutes / 1_440)} d window`
}

/** The time of a near moment, the day of a later one, the date of one that is weeks away. */
function formatReset(at: number, now: number, timeZone: string | undefined): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at)
  if (at - now < dayMs) return format({ hour: '2-digit', minute: '2-digit' })
  if (at - now < 7 * dayMs) return format({ weekday: 'short' })
  return format({ day: 'numeric', month: 'short' })
}
