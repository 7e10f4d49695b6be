const unitMs: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

export const timeForms = 'a day such as 2026-11-24, today or yesterday, or a time ago such as 12h, 7d or 2w'

/** Epoch milliseconds, or null for what is no time. Days are those of this computer's time zone, and begin at midnight. */
export function readSearchTime(value: string, now: number): number | null {
  const text = value.toLowerCase()
  const day = new Date(now)
  if (text === 'now') return now
  if (text === 'today') return day.setHours(0, 0, 0, 0)
  if (text === 'yesterday') return new Date(day.getFullYear(), day.getMonth(), day.getDate() - 1).getTime()
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? []
  if (count && unit) return now - Number(count) * (unitMs[unit] as number)
  const [, year, month, date, hour, minute] =
    /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:t(\d{1,2}):(\d{2}))?)?)?$/.exec(text) ?? []
  if (!year) return null
  const [m, d, h, min] = [Number(month ?? 1) - 1, Number(date ?? 1), Number(hour ?? 0), Number(minute ?? 0)]
  const time = new Date(Number(year), m, d, h, min)
  return time.getMonth() === m && time.getDate() === d && h < 24 && min < 60 ? time.getTime() : null
}
