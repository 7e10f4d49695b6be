import type { Turn } from '../../contract/domain/turn.ts'
import type { TurnLayout } from './layOutConversation.ts'

/** One bar of the minimap: a turn, or several right after each other where there are more than fit. */
export interface Bar {
  turns: Turn[]
  /** Of the first and the last of them. */
  from: number
  to: number
  /** Where it begins and how high it is, as parts of the whole strip. */
  top: number
  height: number
  /** Of the bar of most tokens; the least that can be seen, where there are none. */
  width: number
  durationMs: number
  tokens: number
  status: 'live' | 'failed' | 'completed'
}

export interface Minimap {
  bars: Bar[]
  /** How high the strip is where there is room. */
  heightPx: number
}

const mostBars = 120
const leastWidth = 0.2

/**
 * Longer turns are higher and those of more tokens wider. By the root, as the longest turn takes a thousand times as long as
 * the shortest, and both have to be seen.
 */
export function layOutMinimap(layouts: TurnLayout[], now: number): Minimap {
  const perBar = Math.max(1, Math.ceil(layouts.length / mostBars))
  const groups = Array.from({ length: Math.ceil(layouts.length / perBar) }, (_, at) =>
    layouts.slice(at * perBar, (at + 1) * perBar),
  )
  const measured = groups.map((group) => {
    const turns = group.map(({ turn }) => turn)
    const durationMs = turns.reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? now) - startedAt), 0)
    const tokens = turns.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0)
    return { group, turns, durationMs, tokens, px: Math.min(64, 6 + 3 * Math.sqrt(durationMs / 1_000)) }
  })
  const heightPx = measured.reduce((sum, { px }) => sum + px, 0)
  const mostTokens = Math.max(1, ...measured.map(({ tokens }) => tokens))
  let top = 0
  const bars = measured.map(({ group, turns, durationMs, tokens, px }): Bar => {
    const bar: Bar = {
      turns,
      from: group[0]?.number ?? 0,
      to: group.at(-1)?.number ?? 0,
      top,
      height: px / heightPx,
      width: Math.max(leastWidth, Math.sqrt(tokens / mostTokens)),
      durationMs,
      tokens,
      status: statusOf(turns),
    }
    top += bar.height
    return bar
  })
  return { bars, heightPx }
}

function statusOf(turns: Turn[]): Bar['status'] {
  if (turns.some(({ status }) => status === 'live')) return 'live'
  return turns.some(({ status }) => status === 'failed') ? 'failed' : 'completed'
}

/** A place in the conversation, as a turn and how far in it, as a part of the strip. */
export function placeInMinimap({ bars }: Minimap, turnId: string, part: number): number {
  const bar = bars.find(({ turns }) => turns.some(({ id }) => id === turnId))
  if (!bar) return 0
  const at = bar.turns.findIndex(({ id }) => id === turnId)
  return bar.top + (bar.height * (at + part)) / bar.turns.length
}
