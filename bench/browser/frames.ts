import type { CDPSession } from '@playwright/test'
import { percentile } from '../statistics.ts'

export interface Frames {
  perSecond: number
  /** Of a hundred frames that were due, how many did not come. */
  droppedPercent: number
  /** Between two frames that were drawn. */
  p95Ms: number
  longestMs: number
  /** Tasks of the main thread that took longer than 50 ms. */
  longTasks: number
}

export interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Of the processor. */
  tdur?: number
}

const categories = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
]

/** The frames of what `act` does, by the browser's own trace; from the first to the last that was drawn. */
export async function traceFrames(session: CDPSession, act: () => Promise<void>): Promise<Frames> {
  return judgeFrames(await trace(session, act))
}

/** The browser's own trace of what `act` does. */
export async function trace(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: unknown[] }) => events.push(...(value as TraceEvent[]))
  session.on('Tracing.dataCollected', collect)
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  })
  await act()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  return events
}

function judgeFrames(events: TraceEvent[]): Frames {
  const timesOf = (name: string) =>
    events
      .filter((event) => event.name === name)
      .map(({ ts }) => ts / 1000)
      .sort((a, b) => a - b)
  const drawn = timesOf('DrawFrame')
  const tasks = events.filter(({ name }) => name === 'RunTask')
  if (drawn.length < 2 || tasks.length === 0)
    throw new Error('The trace of this browser does not tell of frames and tasks.')
  const dropped = timesOf('DroppedFrame')
  const gaps = drawn.slice(1).map((at, index) => at - (drawn[index] as number))
  const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000
  return {
    perSecond: gaps.length / seconds,
    droppedPercent: (100 * dropped.length) / (dropped.length + drawn.length),
    p95Ms: percentile(gaps, 0.95),
    longestMs: Math.max(...gaps),
    longTasks: tasks.filter(({ dur = 0 }) => dur > 50_000).length,
  }
}

/** Scrolls as a finger does, by the compositor; upwards when `pixels` is negative. */
export async function scroll(session: CDPSession, at: { x: number; y: number }, pixels: number): Promise<void> {
  await session.send('Input.synthesizeScrollGesture', {
    ...at,
    yDistance: -pixels,
    speed: 2500,
    gestureSourceType: 'mouse',
  })
}
