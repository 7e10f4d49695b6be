export interface LocalDay {
  /** As `2026-11-24`. */
  day: string
  from: number
  to: number
}

interface OffsetSpan {
  from: number
  to: number
  /** What local time is ahead of UTC. */
  offsetMs: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Clocks are set to and fro at least weeks apart. */
const strideMs = 7 * dayMs

/** The days of a zone that `Intl` knows, from `from` to `to`; the first and the last may be parts of one. */
export function localDays(timeZone: string, from: number, to: number): LocalDay[] {
  const days: LocalDay[] = []
  for (const span of offsetSpans(timeZone, from, to)) {
    for (let start = span.from; start < span.to; ) {
      const number = Math.floor((start + span.offsetMs) / dayMs)
      const end = Math.min(span.to, (number + 1) * dayMs - span.offsetMs)
      const day = new Date(number * dayMs).toISOString().slice(0, 10)
      const last = days.at(-1)
      // A day on which the clocks are set lies in two spans.
      if (last?.day === day) last.to = end
      else days.push({ day, from: start, to: end })
      start = end
    }
  }
  return days
}

/** The time from `from` to `to`, cut where the clocks of a zone are set. */
function offsetSpans(timeZone: string, from: number, to: number): OffsetSpan[] {
  const offsetAt = createOffset(timeZone)
  const spans: OffsetSpan[] = []
  let start = from
  for (let at = from; at < to; ) {
    const next = Math.min(to, at + strideMs)
    if (offsetAt(next) !== offsetAt(at)) {
      const change = findChange(offsetAt, at, next)
      if (change < to) {
        spans.push({ from: start, to: change, offsetMs: offsetAt(at) })
        start = change
      }
    }
    at = next
  }
  if (start < to) spans.push({ from: start, to, offsetMs: offsetAt(start) })
  return spans.filter((span) => span.from < span.to)
}

/** The first full minute with another offset than at `before`. */
function findChange(offsetAt: (at: number) => number, before: number, after: number): number {
  const old = offsetAt(before)
  let [low, high] = [Math.floor(before / minuteMs), Math.ceil(after / minuteMs)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * minuteMs) === old) low = middle
    else high = middle
  }
  return high * minuteMs
}

function createOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs
  }
}

/** Whether `Intl` knows a zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
