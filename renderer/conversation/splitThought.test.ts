import { expect, test } from 'vitest'
import { bodyOfThought, splitThought } from './splitThought.ts'

test('what a thought was about is not said again under it', () => {
  const text = '**Looking for the clock**\n\nThe test reads it twice.'
  expect(splitThought(text)).toEqual({
    summary: 'Looking for the clock',
    rest: 'The test reads it twice.',
    hasTitle: true,
  })
  expect(bodyOfThought(text)).toBe('The test reads it twice.')
})

test('what begins with a part of a list or of code stands there as a whole', () => {
  for (const text of ['- one\n- two', '```js\nlook()\n```', '1. look\n2. write', '| a |\n| - |']) {
    expect(bodyOfThought(text)).toBe(text)
  }
})

test('a thought of one line has nothing under it', () => {
  expect(splitThought('Two clocks')).toEqual({ summary: 'Two clocks', rest: '', hasTitle: false })
})
