import { expect, test } from 'vitest'
import { stretchChoice } from './stretchChoice.ts'

const order = ['a', 'b', 'c', 'd']
const stretch = (chosen: string[], anchor: string | null, ...[from, to]: [string, string]) => {
  const next = stretchChoice({ chosen: new Set(chosen), anchor }, { order, from, to })
  return [[...next.chosen].sort().join(''), next.anchor]
}

test('a range grows away from where it began, and shrinks on the way back', () => {
  expect(stretch([], null, 'b', 'c')).toEqual(['bc', 'b'])
  expect(stretch(['b', 'c'], 'b', 'c', 'd')).toEqual(['bcd', 'b'])
  expect(stretch(['b', 'c', 'd'], 'b', 'd', 'c')).toEqual(['bc', 'b'])
  expect(stretch(['b', 'c'], 'c', 'b', 'a')).toEqual(['abc', 'c'])
})

test('what was chosen in a list that is shown no more takes nothing from a range in this one', () => {
  expect(stretch(['x'], 'x', 'c', 'b')).toEqual(['bcx', 'c'])
  expect(stretch(['x', 'b', 'c'], 'c', 'b', 'a')).toEqual(['abcx', 'c'])
  expect(stretch([], 'd', 'c', 'b')).toEqual(['bc', 'c'])
})
