import type { PriceTable } from '../../contract/domain/price.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { sumUsage, type UsageRow, type UsageSum } from '../../contract/domain/usageReport.ts'

export type BucketLength = 'day' | 'week' | 'month'

/** What was used in a day, a week or a month; those in which nothing was are there too. */
export interface Bucket extends UsageSum<string> {
  /** `Tue 24 Nov`, `Week of 23 Nov`, `November 2026`. */
  name: string
  /** As `name`, where there is little room: `24 Nov`, and `Nov` for a month. The year stands beside it where it is needed. */
  shortName: string
  year: string
}

const lengthNames: Record<BucketLength, string> = { day: 'Day', week: 'Week', month: 'Month' }

/** The head of a column of them. */
export function nameLength(length: BucketLength): string {
  return lengthNames[length]
}

const dayMs = 86_400_000
const mostDays = 120
const mostWeeks = 120

/** Days are told as `2026-11-24`; they are counted as days of UTC, which all have 24 hours. */
const toMs = (day: string) => Date.parse(`${day}T00:00:00Z`)
const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const yearOf = (day: string) => day.slice(0, 4)

export function bucketLength(firstDay: string, lastDay: string): BucketLength {
  const days = (toMs(lastDay) - toMs(firstDay)) / dayMs + 1
  if (days <= mostDays) return 'day'
  return days <= mostWeeks * 7 ? 'week' : 'month'
}

/** From the first day to the last; `rows` lie between them. */
export function bucketUsage(
  rows: UsageRow[],
  { firstDay, lastDay, today, prices }: { firstDay: string; lastDay: string; today: string; prices: PriceTable },
): { length: BucketLength; buckets: Bucket[]; needsYears: boolean } {
  const length = bucketLength(firstDay, lastDay)
  const sums = new Map(sumUsage(rows, ({ day }) => startOf(day, length), prices).map((sum) => [sum.key, sum]))
  const needsYears = new Set([firstDay, lastDay, today].map(yearOf)).size > 1
  const buckets: Bucket[] = []
  for (let key = startOf(firstDay, length); key <= lastDay; key = nextBucket(key, length)) {
    const sum = sums.get(key) ?? { key, requestCount: 0, usage: noUsage, usd: null, unpriced: [] }
    buckets.push({ ...sum, ...nameOf(key, length, needsYears), year: yearOf(key) })
  }
  return { length, buckets, needsYears }
}

/** The Monday of its week, or the first of its month. */
export function startOf(day: string, length: BucketLength): string {
  if (length === 'day') return day
  if (length === 'month') return `${day.slice(0, 8)}01`
  const at = toMs(day)
  return toDay(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs)
}

/** The first day of the one behind it. */
export function nextBucket(day: string, length: BucketLength): string {
  if (length !== 'month') return toDay(toMs(day) + (length === 'day' ? 1 : 7) * dayMs)
  const [year = 0, month = 0] = day.split('-').map(Number)
  return toDay(Date.UTC(year, month, 1))
}

/** The place of the last bucket in which something was asked; the very last if there is none. */
export function lastUsed(buckets: Pick<Bucket, 'requestCount'>[]): number {
  const at = buckets.findLastIndex(({ requestCount }) => requestCount > 0)
  return at === -1 ? buckets.length - 1 : at
}

/** The one that cost most, where there are others that cost something; null if there are none, or nothing has a price. */
export function findDearest<B extends Pick<Bucket, 'usd'>>(buckets: B[]): (B & { usd: number }) | null {
  const priced = buckets.filter((bucket): bucket is B & { usd: number } => (bucket.usd ?? 0) > 0)
  return priced.length < 2 ? null : priced.reduce((dearest, bucket) => (bucket.usd > dearest.usd ? bucket : dearest))
}

/** What finds the sessions of this time. */
export function queryForBucket({ key }: Pick<Bucket, 'key'>, length: BucketLength): string {
  return `after:${key} before:${nextBucket(key, length)}`
}

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
const weekdayFormat = format({ weekday: 'short', day: 'numeric', month: 'short' })
const dateFormat = format({ day: 'numeric', month: 'short' })
const datedFormat = format({ day: 'numeric', month: 'short', year: 'numeric' })
const weekdayDatedFormat = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const monthFormat = format({ month: 'long', year: 'numeric' })
const shortMonthFormat = format({ month: 'short' })

function nameOf(day: string, length: BucketLength, withYear: boolean): Pick<Bucket, 'name' | 'shortName'> {
  const at = toMs(day)
  if (length === 'month') return { name: monthFormat.format(at), shortName: shortMonthFormat.format(at) }
  const shortName = dateFormat.format(at)
  if (length === 'week') return { name: `Week of ${withYear ? datedFormat.format(at) : shortName}`, shortName }
  return { name: (withYear ? weekdayDatedFormat : weekdayFormat).format(at).replace(',', ''), shortName }
}

/** The day that it is now for whoever looks. */
export function localDay(at: number): string {
  const date = new Date(at)
  return toDay(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()))
}

/** A round number that is at least as large: the end of a scale that halves well. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((one) => one * magnitude >= value) ?? 10
  return step * magnitude
}
