import type { Limits } from '../../contract/domain/limits.ts'

/** `short` is a window of hours, `long` one of days; a plan has one of each, other families of limits may have more. */
export type WindowKind = 'short' | 'long'

export interface LimitWindow {
  kind: WindowKind
  /** As the server calls it. */
  name: string
  label: string
  usedPercent: number
  resetsAt: number | null
}

const minuteMs = 60_000
const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes

/** The windows of a snapshot: the plan's own, then those of single models; of both those of hours first. */
export function readWindows(limits: Limits): LimitWindow[] {
  const windows = limits.windows.map(({ name, usedPercent, windowMinutes, resetsAt }) => ({
    kind: kindOf(name, windowMinutes),
    name,
    label: labelOf(name, windowMinutes),
    usedPercent: Math.round(Math.max(0, usedPercent)),
    resetsAt,
  }))
  const rankOf = ({ name, kind }: LimitWindow) => (isOfPlan(name) ? 0 : 2) + (kind === 'short' ? 0 : 1)
  return windows.sort((a, b) => rankOf(a) - rankOf(b))
}

/** The plan's own window of a kind, past those that belong to one model or feature. */
export function findWindow(limits: Limits, kind: WindowKind): LimitWindow | null {
  const windows = readWindows(limits).filter((window) => window.kind === kind)
  return windows.find(({ name }) => isOfPlan(name)) ?? windows[0] ?? null
}

function isOfPlan(name: string): boolean {
  return name === 'primary' || name === 'secondary'
}

function kindOf(name: string, windowMinutes: number | null): WindowKind {
  if (windowMinutes === null) return /secondary$/.test(name) ? 'long' : 'short'
  return windowMinutes < dayMinutes ? 'short' : 'long'
}

function labelOf(name: string, windowMinutes: number | null): string {
  const family = isOfPlan(name) ? '' : `${name.replace(/ (primary|secondary)$/, '')}: `
  const length = nameLength(windowMinutes)
  if (length !== null) return family + length
  return family + (kindOf(name, null) === 'short' ? 'Window of hours' : 'Window of days')
}

function nameLength(minutes: number | null): string | null {
  if (minutes === null) return null
  if (minutes === weekMinutes) return 'Week'
  if (minutes === dayMinutes) return 'Day'
  if (minutes % dayMinutes === 0) return `${minutes / dayMinutes}-day window`
  return minutes % 60 === 0 ? `${minutes / 60}-hour window` : `${minutes}-minute window`
}

export interface LimitPoint {
  at: number
  usedPercent: number
}

/** One window from its begin to its reset, with what was told of it meanwhile. */
export interface LimitSpan {
  startsAt: number
  endsAt: number
  peakPercent: number
  /** The first moment at which it was known to be full. */
  fullAt: number | null
  points: LimitPoint[]
}

/** The server's resets differ by seconds from answer to answer; more than this is another window. */
const sameResetMs = 10 * minuteMs
const defaultMinutes = { short: 300, long: weekMinutes } as const

/** Takes the snapshots apart into the windows in which they were made. `history` is oldest first. */
export function findSpans(history: Limits[], kind: WindowKind): LimitSpan[] {
  const spans: LimitSpan[] = []
  for (const limits of history) {
    const chosen = findWindow(limits, kind)
    if (!chosen) continue
    const told = limits.windows.find(({ name }) => name === chosen.name)
    const lengthMs = (told?.windowMinutes ?? defaultMinutes[kind]) * minuteMs
    const point = { at: limits.at, usedPercent: chosen.usedPercent }
    const current = spans.at(-1)
    if (current && isSameSpan(current, point, chosen.resetsAt)) {
      current.points.push(point)
      current.peakPercent = Math.max(current.peakPercent, point.usedPercent)
      current.fullAt ??= point.usedPercent >= 100 ? point.at : null
      continue
    }
    const startsAt = chosen.resetsAt === null ? point.at : Math.min(point.at, chosen.resetsAt - lengthMs)
    // A window may be set back before its time is over.
    if (current) current.endsAt = Math.min(current.endsAt, Math.max(startsAt, current.points.at(-1)?.at ?? startsAt))
    spans.push({
      startsAt: current ? Math.max(startsAt, current.endsAt) : startsAt,
      endsAt: chosen.resetsAt ?? startsAt + lengthMs,
      peakPercent: point.usedPercent,
      fullAt: point.usedPercent >= 100 ? point.at : null,
      points: [point],
    })
  }
  return spans
}

function isSameSpan(span: LimitSpan, point: LimitPoint, resetsAt: number | null): boolean {
  if (resetsAt !== null) return Math.abs(span.endsAt - resetsAt) <= sameResetMs
  return point.at < span.endsAt && point.usedPercent >= span.peakPercent
}

/** The last point of each stretch of `stepMs`, so that a long history stays readable and cheap to draw. */
export function thinOut(points: LimitPoint[], stepMs: number): LimitPoint[] {
  return points.filter((point, index) => {
    const next = points[index + 1]
    return !next || Math.floor(next.at / stepMs) !== Math.floor(point.at / stepMs)
  })
}
