import { expect, test } from 'vitest'
import { readShortcut, refuseShortcut, shortcutSchema, writeShortcut } from './shortcut.ts'

test.each(['Alt+Command+T', 'Control+Shift+9', 'Super+Space', 'Control+F5', 'Control+Alt+Shift+PageUp'])(
  '%s is one',
  (text) => {
    const shortcut = readShortcut(text)
    expect(shortcut && writeShortcut(shortcut)).toBe(text)
    expect(shortcut && refuseShortcut(shortcut)).toBeNull()
    expect(shortcutSchema.parse(text)).toBe(text)
  },
)

test.each([
  ...['', 'T', 'Shift+T', 'Control+C', 'Shift+F5', 'F5', 'Control+', 'Control+Alt+Enter', 'Control+Alt+é'],
  ...['Alt+Control+T', 'Control+Control+T', 'control+alt+t', 'Hyper+Alt+T', 'Control+Alt+F25', '+'],
])('“%s” is none for the whole computer', (text) => {
  expect(shortcutSchema.safeParse(text).success).toBe(false)
})

test('what is wrong with one is said', () => {
  expect(refuseShortcut({ modifiers: ['Control'], key: 'C' })).toContain('Hold two keys')
  expect(refuseShortcut({ modifiers: ['Control', 'Alt'], key: 'Enter' })).toContain('Choose a letter')
})
