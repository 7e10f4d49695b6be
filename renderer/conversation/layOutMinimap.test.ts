import { expect, test } from 'vitest'
import type { Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import type { TurnLayout } from './layOutConversation.ts'
import { layOutMinimap, placeInMinimap } from './layOutMinimap.ts'

function layout(number: number, durationMs: number | null, tokens: number, change: Partial<Turn> = {}): TurnLayout {
  const turn: Turn = {
    id: `t${number}`,
    threadId: 's',
    sessionId: 's',
    prompt: '',
    status: 'completed',
    startedAt: 1_000,
    endedAt: durationMs === null ? null : 1_000 + durationMs,
    model: null,
    usage: { ...noUsage, inputTokens: tokens },
    items: [],
    exchanges: [],
    seq: 1,
    ...change,
  }
  return { turn, number, rows: [] }
}

test('longer turns are higher, those of more tokens wider, and all of them fill the strip', () => {
  const { bars, heightPx } = layOutMinimap([layout(1, 4_000, 100), layout(2, 400_000, 10_000), layout(3, 0, 0)], 0)
  const [short, long, none] = bars
  expect(long && short && long.height > short.height * 3).toBe(true)
  expect([short?.width, long?.width, none?.width]).toEqual([0.2, 1, 0.2])
  expect(bars.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(1)
  expect([short?.top, none && none.top + none.height]).toEqual([0, expect.closeTo(1)])
  expect(heightPx).toBe(12 + 64 + 6)
})

test('a live turn lasts until now, and what is live or failed is told', () => {
  const layouts = [layout(1, 1_000, 1, { status: 'failed' }), layout(2, null, 1, { status: 'live' })]
  expect(layOutMinimap(layouts, 61_000).bars.map(({ status, durationMs }) => [status, durationMs])).toEqual([
    ['failed', 1_000],
    ['live', 60_000],
  ])
})

test('of more turns than fit several share a bar, and a place in them is told apart', () => {
  const map = layOutMinimap(
    Array.from({ length: 240 }, (_, at) => layout(at + 1, 1_000, 10)),
    0,
  )
  expect(map.bars).toHaveLength(120)
  expect(map.bars[1]).toMatchObject({ from: 3, to: 4 })
  expect(placeInMinimap(map, 't3', 0)).toBeCloseTo(1 / 120)
  expect(placeInMinimap(map, 't4', 0.5)).toBeCloseTo(1.75 / 120)
})
