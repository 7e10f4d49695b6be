import { expect, test } from 'vitest'
import { isLooserQuery } from './looserQuery.ts'

test('a query is looser when nothing of it was not asked for before', () => {
  const looser = [
    ['zebra horse', 'zebra'],
    ['zebra horse', 'horse'],
    ['zebra after:7d model:gpt', 'after:7d zebra'],
    ['zebra', ''],
    ['zebra', 'zebra'],
    ['-zebra horse', '-zebra'],
  ] as const
  const other = [
    ['', 'zebra'],
    ['zebra', 'zebra horse'],
    ['zebra', '-zebra'],
    ['zebra', '"zebra"'],
    ['horse zebra', 'zebra horse'],
    ['model:gpt', 'model:=gpt'],
    ['after:7d', 'after:3d'],
    ['zebra modle:x', 'zebra'],
  ] as const
  const isLooser = ([before, query]: readonly [string, string]) => isLooserQuery(query, before, 1_800_000_000_000)
  expect(looser.filter((pair) => !isLooser(pair))).toEqual([])
  expect(other.filter(isLooser)).toEqual([])
})
