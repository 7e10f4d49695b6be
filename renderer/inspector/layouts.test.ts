import { describe, expect, test } from 'vitest'
import type { JsonChild, JsonNode } from '../../contract/domain/body.ts'
import type { ContextPart } from '../../contract/domain/context.ts'
import { appendNode, canOpen, findParent, keyOfPath, type LoadedNode, layOutRows } from './jsonRows.ts'
import { layOutTokens } from './layOutTokens.ts'
import { measureTiming } from './measureTiming.ts'
import { namePath } from './namePath.ts'
import { sampleCall, sampleExchange, sampleTurn, sampleUsage } from './sampleTurn.ts'
import { nameRole, orderBySize, stackContext } from './stackContext.ts'
import { addTimes, splitTime } from './timeSplit.ts'

describe('the time of a turn', () => {
  const ask = (id: string, startedAt: number, durationMs: number | null, more = {}) =>
    sampleExchange(id, { startedAt, durationMs, ...more })

  test('is shared out to the model, its tools, and waiting', () => {
    const turn = sampleTurn({
      exchanges: [ask('a', 1_000, 2_000), ask('b', 8_000, 3_000)],
      items: [sampleCall(2_500, 4_000)],
    })
    expect(splitTime(turn, 0)).toEqual({ modelMs: 5_000, toolsMs: 3_500, waitingMs: 1_500 })
  })

  test('counts what runs at once only once', () => {
    const turn = sampleTurn({
      exchanges: [ask('a', 1_000, 4_000), ask('b', 3_000, 4_000)],
      items: [sampleCall(6_000, 3_000), sampleCall(6_500, 1_000)],
    })
    expect(splitTime(turn, 0)).toEqual({ modelMs: 6_000, toolsMs: 2_000, waitingMs: 2_000 })
  })

  test('goes on while it is live, and ends with the turn else', () => {
    const exchanges = [ask('a', 1_000, 1_000), ask('b', 3_000, null, { status: 'live' })]
    const live = sampleTurn({ status: 'live', endedAt: null, exchanges, items: [sampleCall(2_000, 1_000)] })
    expect(splitTime(live, 5_000)).toEqual({ modelMs: 3_000, toolsMs: 1_000, waitingMs: 0 })
    const late = sampleTurn({ endedAt: 2_000, items: [sampleCall(1_500, 60_000)] })
    expect(splitTime(late, 0)).toEqual({ modelMs: 0, toolsMs: 500, waitingMs: 500 })
    expect(splitTime(sampleTurn({ endedAt: 500 }), 0)).toEqual({ modelMs: 0, toolsMs: 0, waitingMs: 0 })
  })

  test('leaves out what only warms a connection up', () => {
    const turn = sampleTurn({ exchanges: [ask('a', 1_000, 9_000, { kind: 'prewarm' })] })
    expect(splitTime(turn, 0)).toEqual({ modelMs: 0, toolsMs: 0, waitingMs: 10_000 })
  })

  test('adds up over turns', () => {
    const one = { modelMs: 1, toolsMs: 2, waitingMs: 3 }
    expect(addTimes([one, one])).toEqual({ modelMs: 2, toolsMs: 4, waitingMs: 6 })
  })
})

describe('tokens over time', () => {
  const turnOf = (count: number) =>
    sampleTurn({
      exchanges: Array.from({ length: count }, (_, at) =>
        sampleExchange(`e${at}`, { startedAt: at, usage: sampleUsage(100 * (at + 1), 50 * (at + 1), 10) }),
      ),
    })

  test('has a bar for each request that told of tokens', () => {
    const silent = sampleTurn({ id: 't0', startedAt: 0, exchanges: [sampleExchange('z')] })
    expect(layOutTokens([turnOf(2), silent], 10)).toEqual({
      bars: [
        {
          exchangeId: 'e0',
          turnId: 't1',
          from: 1,
          to: 1,
          startedAt: 0,
          cachedTokens: 50,
          freshTokens: 50,
          outputTokens: 10,
          cachedPercent: 50,
        },
        {
          exchangeId: 'e1',
          turnId: 't1',
          from: 2,
          to: 2,
          startedAt: 1,
          cachedTokens: 100,
          freshTokens: 100,
          outputTokens: 10,
          cachedPercent: 50,
        },
      ],
      highest: 210,
    })
  })

  test('puts neighbours together where there are too many', () => {
    const { bars } = layOutTokens([turnOf(1_001)], 120)
    expect(bars.length).toBeLessThanOrEqual(120)
    expect(bars.map(({ from, to }) => to - from + 1).reduce((sum, count) => sum + count)).toBe(1_001)
    expect(bars[0]).toMatchObject({ from: 1, to: 9, cachedTokens: 250, freshTokens: 250 })
  })

  test('is empty without tokens, and never divides by nothing', () => {
    expect(layOutTokens([], 10)).toEqual({ bars: [], highest: 1 })
    const odd = sampleTurn({ exchanges: [sampleExchange('a', { usage: sampleUsage(0, 5, 7) })] })
    expect(layOutTokens([odd], 0).bars).toMatchObject([{ cachedTokens: 0, freshTokens: 0, cachedPercent: null }])
  })
})

describe('the context', () => {
  const part = (kind: ContextPart['kind'], tokens: number, more: Partial<ContextPart> = {}): ContextPart => ({
    kind,
    role: null,
    label: '',
    itemIndex: 0,
    field: null,
    count: 1,
    bytes: tokens * 4,
    tokens,
    ...more,
  })
  const parts = [part('tools', 10, { count: 3 }), part('history', 30), part('history', 5)]

  test('is stacked by kind in the order of the colours, with what changed', () => {
    const previous = { instructions: 0, tools: 10, history: 20, files: 7, output: 0, images: 0 }
    expect(
      stackContext(parts, previous).map(({ kind, count, tokens, tokensMore }) => [kind, count, tokens, tokensMore]),
    ).toEqual([
      ['tools', 3, 10, 0],
      ['history', 2, 35, 15],
      ['files', 0, 0, -7],
    ])
    expect(stackContext(parts, null).map(({ tokensMore }) => tokensMore)).toEqual([null, null])
  })

  test('has its largest part first', () => {
    expect(orderBySize(parts).map(({ tokens }) => tokens)).toEqual([30, 10, 5])
    expect([nameRole({ kind: 'history', role: 'user' }), nameRole({ kind: 'output', role: null })]).toEqual([
      'You',
      'Output',
    ])
  })
})

describe('timing', () => {
  test('has two phases, and tells the speed where it can be told', () => {
    const exchange = sampleExchange('a', { firstEventMs: 400, durationMs: 2_400, usage: sampleUsage(1, 0, 100) })
    expect(measureTiming(exchange, 0)).toEqual({
      waitingMs: 400,
      streamingMs: 2_000,
      totalMs: 2_400,
      tokensPerSecond: 50,
    })
  })

  test('runs while it is live, and nothing of it is ever less than nothing', () => {
    const live = sampleExchange('a', { status: 'live', durationMs: null, firstEventMs: null, startedAt: 1_000 })
    expect(measureTiming(live, 4_000)).toMatchObject({ waitingMs: 3_000, streamingMs: 0, tokensPerSecond: null })
    expect(measureTiming(live, 0)).toMatchObject({ waitingMs: 0, totalMs: 0 })
  })
})

describe('the rows of a tree', () => {
  const child = (key: string | number, type: JsonChild['type'], size = 0): JsonChild => ({
    key,
    type,
    size,
    preview: '',
  })
  const node = (more: Partial<JsonNode>): JsonNode => ({
    type: 'object',
    size: 0,
    text: null,
    children: [],
    nextOffset: null,
    ...more,
  })
  const root = child('request', 'object', 2)
  const loaded = new Map<string, LoadedNode>([
    [
      keyOfPath([]),
      appendNode(undefined, node({ size: 2, children: [child('input', 'array', 300), child('store', 'boolean')] })),
    ],
    [
      keyOfPath(['input']),
      appendNode(
        undefined,
        node({ type: 'array', size: 300, children: [child(0, 'object', 1), child(1, 'string', 9_000)], nextOffset: 2 }),
      ),
    ],
    [
      keyOfPath(['input', 1]),
      appendNode(undefined, node({ type: 'string', size: 9_000, text: 'x'.repeat(8_000), nextOffset: 8_000 })),
    ],
  ])
  const rowsOf = (...open: (string | number)[][]) =>
    layOutRows(root, new Set(open.map(keyOfPath)), loaded).map(
      (row) => `${'  '.repeat(row.depth)}${row.kind} ${namePath(row.path)}`,
    )

  test('are those of what is unfolded', () => {
    expect(rowsOf()).toEqual(['value '])
    expect(rowsOf([])).toEqual(['value ', '  value input', '  value store'])
    expect(rowsOf([], ['input'], ['input', 1])).toEqual([
      'value ',
      '  value input',
      '    value input[0]',
      '    value input[1]',
      '      text input[1]',
      '      rest input[1]',
      '    rest input',
      '  value store',
    ])
    expect(rowsOf([], ['input'], ['input', 0]).slice(3, 4)).toEqual(['      rest input[0]'])
  })

  test('know what they are a part of', () => {
    const rows = layOutRows(root, new Set([[], ['input']].map(keyOfPath)), loaded)
    expect(rows.map((_, at) => findParent(rows, at))).toEqual([-1, 0, 1, 1, 1, 0])
    expect(findParent(rows, 99)).toBe(-1)
  })

  test('only what has something below it unfolds', () => {
    expect(
      [
        child('a', 'object'),
        child('a', 'object', 1),
        child('a', 'string', 5),
        child('a', 'string', 500),
        child('a', 'number'),
      ].map(canOpen),
    ).toEqual([false, true, false, true, false])
  })

  test('pieces are put together', () => {
    const first = appendNode(undefined, node({ type: 'string', size: 4, text: 'ab', nextOffset: 2 }))
    expect(appendNode(first, node({ type: 'string', size: 4, text: 'cd' }))).toEqual({
      type: 'string',
      size: 4,
      children: [],
      text: 'abcd',
      nextOffset: null,
    })
  })

  test('a path is named as code would', () => {
    expect([[], ['input', 3, 'content'], ['a b', 'c"']].map(namePath)).toEqual([
      '',
      'input[3].content',
      '["a b"]["c\\""]',
    ])
  })
})
