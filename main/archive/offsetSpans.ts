export interface OffsetSpan {
  from: number
  to: number
  /** What local time is ahead of UTC. */
  offsetMs: number
}

const minuteMs = 60_000
/** Clocks are set to and fro at least weeks apart. */
const strideMs = 7 * 86_400_000

/** The time from `from` to `to`, cut where the clocks of a zone are set. */
export function offsetSpans(timeZone: string, from: number, to: number): OffsetSpan[] {
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
