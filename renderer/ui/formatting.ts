import { durationWords } from '../../contract/domain/durationWords.ts'

/** How numbers and times are written everywhere. Units stand after a no-break space; no value is rounded up past its unit. */

const nbsp = '\u00a0'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `812`, `6.1 k`, `61 k`, `1.2 M`, `51 B`. */
export function formatTokens(count: number): string {
  if (count < 1_000) return String(count)
  if (count < 999_500) return scaled(count / 1_000, 'k')
  if (count < 999_500_000) return scaled(count / 1_000_000, 'M')
  return scaled(count / 1_000_000_000, 'B')
}

function scaled(value: number, unit: string): string {
  const text = value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))
  return `${text}${nbsp}${unit}`
}

/** `12 ms`, `0.2 s`, `48 s`, `1 min 52 s`, `31 min`, `2 h 05 min`, `3 d`. */
export function formatDuration(ms: number): string {
  return durationWords(ms, nbsp)
}

/** A running clock: `0:42`, `12:05`, `1:02:05`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** `now`, `3 min ago`, `2 h ago`, `yesterday`, `4 days ago`, then the date. */
export function formatRelative(at: number, now: number): string {
  const ago = now - at
  if (ago < minuteMs) return 'now'
  if (ago < hourMs) return `${Math.floor(ago / minuteMs)}${nbsp}min ago`
  const days = countDaysBetween(at, now)
  if (days === 0 || ago < 6 * hourMs) return `${Math.floor(ago / hourMs)}${nbsp}h ago`
  if (days === 1) return 'yesterday'
  if (days < 7) return `${days} days ago`
  return formatShortDate(at, now)
}

/** The exact time, and how long ago that was while that says more than the date. */
export function formatMoment(at: number, now: number): string {
  const exact = formatExact(at)
  return countDaysBetween(at, now) < 7 ? `${formatRelative(at, now)}, ${exact}` : exact
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const exactFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const dayWithYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const shortWeekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const shortDateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const shortDateWithYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** `13:24` */
export function formatTime(at: number): string {
  return timeFormat.format(at)
}

/** `23 November 2026 at 13:24:08`, for whoever asks precisely. */
export function formatExact(at: number): string {
  return exactFormat.format(at)
}

/** `12 Nov`, with the year when it is another one. */
export function formatShortDate(at: number, now: number): string {
  return (isSameYear(at, now) ? shortDateFormat : shortDateWithYearFormat).format(at)
}

/** `13:24`, `Yesterday`, `Thu` for six days, then the date: where nothing around it says the day. */
export function formatWhen(at: number, now: number): string {
  const days = countDaysBetween(at, now)
  if (days === 0) return formatTime(at)
  if (days === 1) return 'Yesterday'
  if (days > 1 && days < 7) return shortWeekdayFormat.format(at)
  return formatShortDate(at, now)
}

/** The heading of a day: `Today`, `Yesterday`, `Friday 20 November`, `3 March 2025`. */
export function formatDay(at: number, now: number): string {
  const days = countDaysBetween(at, now)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return (isSameYear(at, now) ? dayFormat : dayWithYearFormat).format(at)
}

/** Midnights between two moments, in the reader's zone; a day of 23 or 25 hours counts as one. */
export function countDaysBetween(at: number, now: number): number {
  const [from, to] = [new Date(at).setHours(0, 0, 0, 0), new Date(now).setHours(0, 0, 0, 0)]
  return Math.round((to - from) / dayMs)
}

function isSameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear()
}

/** The share of the input that came from the cache, in whole percent; null when nothing was sent. */
export function cachedPercent(usage: { inputTokens: number; cachedInputTokens: number }): number | null {
  if (usage.inputTokens <= 0) return null
  // Rounded down: "100 %" means all of it.
  return Math.floor((100 * usage.cachedInputTokens) / usage.inputTokens)
}

export function formatPercent(percent: number): string {
  return `${percent}${nbsp}%`
}

const numberFormat = new Intl.NumberFormat('en')

/** `4,350` */
export function formatNumber(count: number): string {
  return numberFormat.format(count)
}

/** `1 turn`, `4 turns`, `4,350 turns`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)}${nbsp}${count === 1 ? noun : plural}`
}

/** `~/src/api` for what lies in a home folder. */
export function shortenPath(path: string): string {
  return path.replace(/^(\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:\\Users\\[^\\]+)(?=[/\\]|$)/, '~')
}

/** The last folder of a path: what people call a project. */
export function projectName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
