import { expect, test, vi } from 'vitest'

vi.stubGlobal('navigator', { platform: 'Linux x86_64' })
const { nameModifiers, nameShortcut } = await import('./nameShortcut.ts')

test('keys are named as the keyboard names them', () => {
  expect(nameShortcut('Alt+Command+T', 'mac')).toBe('⌥⌘T')
  expect(nameShortcut('Control+Alt+Shift+F5', 'mac')).toBe('⌃⌥⇧F5')
  expect(nameShortcut('Control+Alt+T', 'other')).toBe('Ctrl+Alt+T')
  expect(nameShortcut('Alt+Super+Space', 'windows')).toBe('Alt+Win+Space')
  expect(nameModifiers(['Control', 'Super'], 'other')).toBe('Ctrl+Super+')
})
