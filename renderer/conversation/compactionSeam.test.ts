import { expect, test } from 'vitest'
import type { Item } from '../../contract/domain/turn.ts'
import { type CompactionSeam, measureCompactions } from './compactionSeam.ts'
import { describeCache } from './describeCompaction.ts'
import { exchangeOf, turnOf, usageOf } from './sampleTurns.ts'

const compaction = (exchangeId: string): Item => ({
  id: `${exchangeId}.0`,
  exchangeId,
  at: 0,
  type: 'compaction',
  text: '',
})
const compact = (id: string, inputTokens: number | null) => exchangeOf(id, { kind: 'compaction', inputTokens })
const ask = (id: string, inputTokens: number | null, cachedTokens = 0) => exchangeOf(id, { inputTokens, cachedTokens })

/** `a 182000 → c 14000` */
function sketch(seam: CompactionSeam | undefined): string {
  const side = (each: CompactionSeam['before']) =>
    each === null ? '?' : `${each.turnId}/${each.exchangeId} ${each.usage?.inputTokens ?? '?'}`
  return seam ? `${side(seam.before)} → ${side(seam.after)}` : 'none'
}

test.each([
  [
    'in the middle of a turn',
    [turnOf('t', [ask('a', 182_000), compact('b', 182_400), ask('c', 14_000)], [compaction('b')])],
    't/a 182000 → t/c 14000',
  ],
  [
    'that is a turn of its own: the requests are those of its neighbours',
    [
      turnOf('t', [ask('a', 90_000)]),
      turnOf('u', [compact('b', 90_100)], [compaction('b')]),
      turnOf('v', [ask('c', 9_000)]),
    ],
    't/a 90000 → v/c 9000',
  ],
  [
    'after which nothing was asked yet',
    [turnOf('t', [ask('a', 182_000), compact('b', null)], [compaction('b')])],
    't/a 182000 → ?',
  ],
  [
    'whose next request still runs',
    [turnOf('t', [ask('a', 182_000), compact('b', null), ask('c', null)], [compaction('b')])],
    't/a 182000 → t/c ?',
  ],
  [
    'before which nothing was recorded: it read what it compacted',
    [turnOf('t', [compact('b', 50_000), ask('c', 9_000)], [compaction('b')])],
    't/b 50000 → t/c 9000',
  ],
  [
    'before which nothing was recorded, and of which nothing was told',
    [turnOf('t', [compact('b', null), ask('c', 9_000)], [compaction('b')])],
    '? → t/c 9000',
  ],
  [
    'around which requests broke off',
    [
      turnOf(
        't',
        [ask('a', 182_000), ask('x', null), compact('b', null), ask('y', null), ask('c', 14_000)],
        [compaction('b')],
      ),
    ],
    't/a 182000 → t/c 14000',
  ],
  [
    'that came among the items of an answer',
    [turnOf('t', [ask('a', 100_000), ask('b', 120_000), ask('c', 20_000)], [compaction('b')])],
    't/b 120000 → t/c 20000',
  ],
  ['whose exchange is not known', [turnOf('t', [ask('a', 1)], [compaction('elsewhere')])], '? → ?'],
])('a compaction %s', (_name, turns, expected) => {
  expect([...measureCompactions(turns).values()].map(sketch)).toEqual([expected])
})

test('two compactions do not take each other’s numbers', () => {
  const turns = [
    turnOf(
      't',
      [ask('a', 200), compact('b', null), compact('c', 30), ask('d', 20), ask('e', 90), compact('f', null)],
      [compaction('b'), compaction('c'), compaction('f')],
    ),
  ]
  const seams = measureCompactions(turns)
  expect(['b.0', 'c.0', 'f.0'].map((id) => sketch(seams.get(id)))).toEqual([
    't/a 200 → ?',
    't/c 30 → t/d 20',
    't/e 90 → ?',
  ])
})

test('what it did to the cache is said as far as it is known', () => {
  const side = (inputTokens: number, cachedTokens: number) => ({
    turnId: 't',
    exchangeId: 'x',
    usage: usageOf(inputTokens, cachedTokens),
  })
  const say = (seam: CompactionSeam) => describeCache(seam)?.replaceAll('\u00a0', ' ')
  expect(say({ before: side(100, 82), after: side(14_000, 2_000) })).toBe(
    'The next request had 14 % from the cache; before it was 82 %. It read 12 k anew.',
  )
  expect(say({ before: null, after: side(14_000, 0) })).toBe(
    'The next request had nothing from the cache. It read 14 k anew.',
  )
  expect(say({ before: side(100, 82), after: null })).toBeUndefined()
})
