import { expect, test } from 'vitest'
import { readPressed } from './readPressed.ts'

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, repeat: false, isAltGr: false }
const press = (key: string, code: string, held: Partial<typeof none> = {}) => ({ ...none, key, code, ...held })

test('a combination is read as it is written, whatever sign Alt and Shift make of the key', () => {
  const held = { altKey: true, metaKey: true }
  expect(readPressed(press('†', 'KeyT', held), 'mac')).toEqual({ is: 'shortcut', keys: 'Alt+Command+T' })
  expect(readPressed(press('t', 'KeyT', held), 'other')).toEqual({ is: 'shortcut', keys: 'Alt+Super+T' })
  expect(readPressed(press('!', 'Digit1', { ctrlKey: true, shiftKey: true }), 'windows')).toEqual({
    is: 'shortcut',
    keys: 'Control+Shift+1',
  })
  expect(readPressed(press('ArrowUp', 'ArrowUp', { ctrlKey: true, altKey: true }), 'other')).toEqual({
    is: 'shortcut',
    keys: 'Control+Alt+Up',
  })
  // A letter that is elsewhere on this keyboard.
  expect(readPressed(press('y', 'KeyZ', { ctrlKey: true, altKey: true }), 'other')).toEqual({
    is: 'shortcut',
    keys: 'Control+Alt+Y',
  })
})

test('what is held so far is told, and a key that is still down from before says nothing', () => {
  expect(readPressed(press('Shift', 'ShiftLeft', { ctrlKey: true, shiftKey: true }), 'other')).toEqual({
    is: 'held',
    modifiers: ['Control', 'Shift'],
  })
  expect(readPressed(press('Enter', 'Enter', { repeat: true }), 'other')).toEqual({ is: 'held', modifiers: [] })
})

test('Escape gives up, Tab leaves, and what people type is refused with what would do', () => {
  expect(readPressed(press('Escape', 'Escape'), 'other')).toEqual({ is: 'giveUp' })
  expect(readPressed(press('Tab', 'Tab', { shiftKey: true }), 'other')).toEqual({ is: 'leave' })
  expect(readPressed(press('c', 'KeyC', { ctrlKey: true }), 'other')).toMatchObject({ is: 'refused' })
  expect(readPressed(press('€', 'KeyE', { ctrlKey: true, altKey: true, isAltGr: true }), 'windows')).toEqual({
    is: 'refused',
    why: 'AltGr is there to type letters. Hold other keys.',
  })
})
