import { expect, test } from 'vitest'
import { describeChoice, shortenIds } from './ids.ts'

const [a, b, c] = [
  '019a3f21-7c00-7000-8000-0000aaaaaaaa',
  '019a3f21-7c00-7000-8000-0000bbbbbbbb',
  '019a3f21-7c00-7000-8000-1111bbbbbbbb',
] as const

test('of an id its end is enough, unless another ends alike or it is none of codex’s', () => {
  const shorten = shortenIds([a, b, c, a, 'w-3'])
  expect([a, b, c, 'w-3'].map(shorten)).toEqual(['aaaaaaaa', b, c, 'w-3'])
})

test('what fits more than one is told with what each of them is', () => {
  const found = [
    { kind: 'session' as const, id: a, title: 'Fix the test\u001b[31m', at: 0 },
    { kind: 'turn' as const, id: b, title: 'Look around', at: 0 },
    { kind: 'exchange' as const, id: 'w-3', title: null, at: 0 },
  ]
  expect(describeChoice('019a3f\u001b[2J', found, { isMore: true, now: 300_000 })).toBe(
    [
      '019a3f fits more than one id. Say which:',
      '  aaaaaaaa  Fix the test · 5 min ago',
      '  bbbbbbbb  turn of Look around · 5 min ago',
      '  w-3  exchange of no session · 5 min ago',
      '  … and more',
    ].join('\n'),
  )
})
