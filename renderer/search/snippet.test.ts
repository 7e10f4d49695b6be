import { expect, test } from 'vitest'
import { readSnippet } from './snippet.ts'

test('hits are told apart from what stands around them', () => {
  expect(readSnippet('on a \ue000fake\ue001 \ue000clock\ue001.')).toEqual([
    { text: 'on a ', isHit: false },
    { text: 'fake', isHit: true },
    { text: ' ', isHit: false },
    { text: 'clock', isHit: true },
    { text: '.', isHit: false },
  ])
})

test('marks without a partner lose no text', () => {
  expect(readSnippet('\ue001a\ue000b\ue000c')).toEqual([
    { text: 'a', isHit: false },
    { text: 'b', isHit: true },
    { text: 'c', isHit: true },
  ])
})
