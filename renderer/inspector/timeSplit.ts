import type { Turn } from '../../contract/domain/turn.ts'

/** Where the time of turns went. The three add up to all of it. */
export interface TimeSplit {
  /** The model was asked and had not finished. */
  modelMs: number
  /** A tool ran, or waited for the user's leave, and nothing was asked of the model meanwhile. */
  toolsMs: number
  /** Neither: codex worked, waited for the network or before a retry. */
  waitingMs: number
}

type Span = [from: number, to: number]

/** `now` ends what still runs. */
export function splitTime(turn: Turn, now: number): TimeSplit {
  const end = turn.endedAt ?? (turn.status === 'live' ? now : turn.startedAt)
  const whole: Span = [turn.startedAt, Math.max(turn.startedAt, end)]
  const model = turn.exchanges.flatMap(({ kind, startedAt, durationMs, status }): Span[] =>
    kind === 'turn' || kind === 'compaction'
      ? [[startedAt, startedAt + (durationMs ?? (status === 'live' ? Math.max(0, now - startedAt) : 0))]]
      : [],
  )
  const tools = turn.items.flatMap((item): Span[] =>
    item.type === 'toolCall'
      ? [[item.at, item.at + (item.durationMs ?? (item.status === 'running' ? now - item.at : 0))]]
      : [],
  )
  const totalMs = whole[1] - whole[0]
  const modelMs = measure(model, whole)
  const busyMs = measure([...model, ...tools], whole)
  return { modelMs, toolsMs: busyMs - modelMs, waitingMs: totalMs - busyMs }
}

export function addTimes(splits: TimeSplit[]): TimeSplit {
  const sum = { modelMs: 0, toolsMs: 0, waitingMs: 0 }
  for (const { modelMs, toolsMs, waitingMs } of splits) {
    sum.modelMs += modelMs
    sum.toolsMs += toolsMs
    sum.waitingMs += waitingMs
  }
  return sum
}

/** How much of the whole is covered by any of the spans. */
function measure(spans: Span[], [from, to]: Span): number {
  let covered = 0
  let reached = from
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const begin = Math.max(reached, start)
    const stop = Math.min(to, end)
    if (stop <= begin) continue
    covered += stop - begin
    reached = stop
  }
  return covered
}
