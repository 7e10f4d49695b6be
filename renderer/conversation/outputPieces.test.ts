import { expect, test } from 'vitest'
import { addPiece, gapAfter, wholeLines } from './outputPieces.ts'

const known = [
  { offset: 0, text: 'abc' },
  { offset: 10, text: 'klm' },
]

test('a piece goes between those around it', () => {
  expect(addPiece(known, { offset: 5, text: 'fg' })).toEqual([known[0], { offset: 5, text: 'fg' }, known[1]])
})

test('a piece that overlaps others adds what they do not have', () => {
  expect(addPiece(known, { offset: 1, text: 'bcdefghijklmnop' })).toEqual([
    known[0],
    { offset: 3, text: 'defghij' },
    known[1],
    { offset: 13, text: 'nop' },
  ])
})

test('a piece that is known adds nothing', () => {
  expect(addPiece(known, { offset: 11, text: 'l' })).toEqual(known)
})

test('a gap is what is not known between two pieces', () => {
  expect([gapAfter(known, 0), gapAfter(known, 1)]).toEqual([7, 0])
})

test('a piece ends with a line, unless it is one line', () => {
  expect(wholeLines({ offset: 4, text: 'one\ntwo\nth' })).toEqual({ offset: 4, text: 'one\ntwo\n' })
  expect(wholeLines({ offset: 4, text: 'a\nendless line' })).toEqual({ offset: 4, text: 'a\nendless line' })
})
