import { expect, test } from 'vitest'
import { nameKey } from './nameKey.ts'

test('Caps Lock makes no other key of a letter, and Shift does', () => {
  const names = [
    { key: 'i', shiftKey: false },
    { key: 'I', shiftKey: false },
    { key: 'I', shiftKey: true },
    { key: 'i', shiftKey: true },
  ].map(nameKey)
  expect(names).toEqual(['i', 'i', 'I', 'I'])
})

test('what is no letter is named as it is', () => {
  expect(nameKey({ key: '?', shiftKey: true })).toBe('?')
  expect(nameKey({ key: 'ArrowDown', shiftKey: true })).toBe('ArrowDown')
})
