import type { CDPSession } from '@playwright/test'
import { percentile } from '../statistics.ts'
import { trace } from './frames.ts'

export interface MainThread {
  frames: number
  /** Processor time of all tasks of the page's main thread, by its frames. */
  perFrameMs: number
  /** Of the tasks that took more than a millisecond. */
  p95TaskMs: number
  /** The same by kind of work, where one may be a part of another. */
  byKindMs: Record<string, number>
}

const kinds: Record<string, string> = {
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'pre-paint',
  Paint: 'paint',
  Layerize: 'layerize',
  FunctionCall: 'script',
  FireAnimationFrame: 'script in frames',
  HitTest: 'hit test',
  MinorGC: 'garbage',
  MajorGC: 'garbage',
}

/** What the page's main thread does while `act` runs, by the browser's own trace. */
export async function traceMainThread(session: CDPSession, act: () => Promise<void>): Promise<MainThread> {
  const events = await trace(session, act)
  const frames = events.filter(({ name }) => name === 'FireAnimationFrame' || name === 'BeginMainThreadFrame')
  const [first] = frames
  if (!first) throw new Error('The trace of this browser does not tell of frames.')
  const own = events.filter(({ pid, tid }) => pid === first.pid && tid === first.tid)
  const count = own.filter(({ name }) => name === 'BeginMainThreadFrame').length
  const tasks = own.filter(({ name }) => name === 'RunTask').map(({ tdur, dur = 0 }) => (tdur ?? dur) / 1000)
  const byKindMs: Record<string, number> = {}
  for (const { name, tdur, dur = 0 } of own) {
    const kind = kinds[name]
    if (kind) byKindMs[kind] = (byKindMs[kind] ?? 0) + (tdur ?? dur) / 1000 / count
  }
  const total = tasks.reduce((sum, ms) => sum + ms, 0)
  return {
    frames: count,
    perFrameMs: total / count,
    p95TaskMs: percentile(
      tasks.filter((ms) => ms > 1),
      0.95,
    ),
    byKindMs,
  }
}
