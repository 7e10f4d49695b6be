import type { Limits } from '../../contract/domain/limits.ts'
import { countDaysBetween, formatPercent, formatShortDate } from '../ui/formatting.ts'
import { findSpans, findWindow, type LimitSpan, thinOut, type WindowKind } from './limitHistory.ts'
import { formatMoment, formatSpan } from './moments.ts'

/** One thing of a strip that can be pointed at: where it lies, in hundredths of the strip, and its numbers in words. */
export interface Mark {
  left: number
  width: number
  percent: number
  isFull: boolean
  words: string
  /** The same under the heads of the strip. */
  cells: [when: string, used: string, moment: string]
}

/** A run of the line of a strip of days, from a reset to the next. */
export interface Run {
  corners: { x: number; percent: number }[]
  /** Where it was reset; null at the begin of the strip. */
  resetX: number | null
}

export interface Strip {
  /** What its windows are called; empty when none are known. */
  title: string
  /** What the cells of the marks are. */
  heads: [when: string, used: string, moment: string]
  marks: Mark[]
  runs: Run[]
  /** How often it was full, in words; null when it never was. */
  fullWords: string | null
}

export interface DayTick {
  x: number
  label: string
}

export interface Strips {
  short: Strip
  long: Strip
  days: DayTick[]
}

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })

/** Both strips over one axis of time. `history` is oldest first. */
export function layOutStrips(history: Limits[], days: number, now: number): Strips {
  const shortSpans = findSpans(history, 'short')
  // A window that runs now reaches past this moment; it is drawn to its end.
  const to = Math.max(now, shortSpans.at(-1)?.endsAt ?? now)
  const from = now - days * dayMs
  const place = (at: number) => Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)))
  const isSeen = (span: LimitSpan) => span.endsAt > from && span.startsAt < to
  const seenShort = shortSpans.filter(isSeen)
  const seenLong = findSpans(history, 'long').filter(isSeen)
  return {
    short: {
      title: nameWindows(history, 'short'),
      heads: ['Window', 'Used', 'Full at'],
      marks: seenShort.map((span) => markSpan(span, place, now)),
      runs: [],
      fullWords: describeFull(seenShort, now),
    },
    long: {
      title: nameWindows(history, 'long'),
      heads: ['Time', 'Used', 'Resets'],
      ...lineOf(seenLong, days, from, Math.min(to, now), place, now),
      fullWords: describeFull(seenLong, now),
    },
    days: findDays(days, from, now, place),
  }
}

function nameWindows(history: Limits[], kind: WindowKind): string {
  const last = history.findLast((limits) => findWindow(limits, kind) !== null)
  const label = last && findWindow(last, kind)?.label
  return label ? `${label}s` : ''
}

function markSpan(span: LimitSpan, place: (at: number) => number, now: number): Mark {
  const left = place(span.startsAt)
  const isFull = span.fullAt !== null
  const when = formatSpan(span.startsAt, span.endsAt, now)
  const used = formatPercent(span.peakPercent)
  const fullAt = span.fullAt === null ? '' : formatMoment(span.fullAt, now)
  return {
    left,
    width: Math.max(0.4, place(span.endsAt) - left),
    percent: Math.min(100, span.peakPercent),
    isFull,
    words: `${when}: ${used} used${isFull ? `, full at ${fullAt}` : ''}`,
    cells: [when, used, fullAt],
  }
}

function lineOf(
  spans: LimitSpan[],
  days: number,
  from: number,
  to: number,
  place: (at: number) => number,
  now: number,
): Pick<Strip, 'marks' | 'runs'> {
  const stepMs = days > 7 ? 12 * hourMs : 3 * hourMs
  const marks: Mark[] = []
  const runs = spans.map((span): Run => {
    const before = span.points.filter(({ at }) => at < from).at(-1)
    const points = thinOut(
      span.points.filter(({ at }) => at >= from),
      stepMs,
    )
    for (const { at, usedPercent } of points) {
      const [when, used, resets] = [formatMoment(at, now), formatPercent(usedPercent), formatMoment(span.endsAt, now)]
      marks.push({
        left: place(at),
        width: 0,
        percent: Math.min(100, usedPercent),
        isFull: usedPercent >= 100,
        words: `${when}: ${used} used, resets ${resets}`,
        cells: [when, used, resets],
      })
    }
    const begin = before ?? { at: Math.max(from, span.startsAt), usedPercent: span.startsAt >= from ? 0 : null }
    const end = Math.min(to, span.endsAt)
    const told = [...(begin.usedPercent === null ? [] : [{ ...begin, usedPercent: begin.usedPercent }]), ...points]
    const last = told.at(-1)
    return {
      corners: [
        ...told.map(({ at, usedPercent }) => ({ x: place(at), percent: Math.min(100, usedPercent) })),
        ...(last && last.at < end ? [{ x: place(end), percent: Math.min(100, last.usedPercent) }] : []),
      ],
      resetX: span.startsAt > from ? place(span.startsAt) : null,
    }
  })
  return { marks, runs }
}

function describeFull(spans: LimitSpan[], now: number): string | null {
  // Among other days a bare time would be taken for one of theirs.
  const name = (at: number) => `${countDaysBetween(at, now) === 0 ? 'today ' : ''}${formatMoment(at, now)}`
  const moments = spans.flatMap(({ fullAt }) => (fullAt === null ? [] : [name(fullAt)]))
  if (moments.length === 0) return null
  const shown = moments.slice(-3)
  const more = moments.length > shown.length ? `${moments.length - shown.length} earlier, then ` : ''
  return `Full ${moments.length === 1 ? 'once' : `${moments.length} times`}: ${more}${shown.join(', ')}.`
}

function findDays(days: number, from: number, now: number, place: (at: number) => number): DayTick[] {
  const every = days > 7 ? 7 : 1
  const ticks: DayTick[] = []
  for (let back = days; back >= 0; back -= 1) {
    const midnight = new Date(now)
    midnight.setHours(0, 0, 0, 0)
    midnight.setDate(midnight.getDate() - back)
    const at = midnight.getTime()
    if (at < from || countDaysBetween(at, now) % every !== 0) continue
    ticks.push({ x: place(at), label: days > 7 ? formatShortDate(at, now) : weekdayFormat.format(at) })
  }
  return ticks
}

/** The mark that lies nearest to a place of the strip; -1 when there is none. */
export function findNearest(marks: Mark[], x: number): number {
  let best = -1
  let bestDistance = Number.POSITIVE_INFINITY
  marks.forEach(({ left, width }, index) => {
    const distance = Math.max(left - x, x - (left + width), 0)
    if (distance < bestDistance) {
      best = index
      bestDistance = distance
    }
  })
  return best
}
