import { countDaysBetween, formatShortDate, formatTime } from '../ui/formatting.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const nbsp = '\u00a0'

const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long' })

/** A moment near today as people name it: `14:20`, `tomorrow 09:00`, `Tuesday 09:00`, then `24 Nov 09:00`. */
export function formatMoment(at: number, now: number): string {
  const days = countDaysBetween(now, at)
  if (days === 0) return formatTime(at)
  if (days === 1) return `tomorrow ${formatTime(at)}`
  if (days === -1) return `yesterday ${formatTime(at)}`
  if (Math.abs(days) < 7) return `${weekdayFormat.format(at)} ${formatTime(at)}`
  return `${formatShortDate(at, now)} ${formatTime(at)}`
}

/** The time that is left: `in 24 min`, `in 3 h 05 min`, `in 7 d`; never more than is left but in its last minute. */
export function formatUntil(at: number, now: number): string {
  const left = at - now
  if (left <= 0) return 'now'
  if (left < minuteMs) return `in under 1${nbsp}min`
  if (left < hourMs) return `in ${Math.floor(left / minuteMs)}${nbsp}min`
  if (left < 2 * dayMs) return `in ${formatHours(left)}`
  return `in ${Math.floor(left / dayMs)}${nbsp}d`
}

function formatHours(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / hourMs), Math.floor((ms % hourMs) / minuteMs)]
  return minutes === 0 ? `${hours}${nbsp}h` : `${hours}${nbsp}h${nbsp}${String(minutes).padStart(2, '0')}${nbsp}min`
}

/** A stretch of time: `Thursday 16:40 to 21:40`, `Monday 22:00 to tomorrow 03:00`. */
export function formatSpan(from: number, to: number, now: number): string {
  const isOneDay = countDaysBetween(from, to) === 0
  return `${formatMoment(from, now)} to ${isOneDay ? formatTime(to) : formatMoment(to, now)}`
}
