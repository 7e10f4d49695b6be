import { readShortcut, type ShortcutModifier } from '../../contract/domain/shortcut.ts'

export type Keyboard = 'mac' | 'windows' | 'other'

export const keyboard: Keyboard = /Mac|iPhone|iPad/.test(navigator.platform)
  ? 'mac'
  : /Win/.test(navigator.platform)
    ? 'windows'
    : 'other'

const signs: Record<ShortcutModifier, string> = { Control: '⌃', Alt: '⌥', Shift: '⇧', Command: '⌘', Super: '⌘' }
const words: Record<ShortcutModifier, string> = {
  Control: 'Ctrl',
  Alt: 'Alt',
  Shift: 'Shift',
  Command: 'Super',
  Super: 'Super',
}

/** `Alt+Command+T` as a Mac writes it, `Control+Alt+T` as others do. */
export function nameShortcut(text: string, on: Keyboard): string {
  const shortcut = readShortcut(text)
  return shortcut === null ? text : `${nameModifiers(shortcut.modifiers, on)}${shortcut.key}`
}

/** With what joins them to the key that is still to come. */
export function nameModifiers(modifiers: readonly ShortcutModifier[], on: Keyboard): string {
  if (on === 'mac') return modifiers.map((each) => signs[each]).join('')
  return modifiers.map((each) => `${each === 'Super' && on === 'windows' ? 'Win' : words[each]}+`).join('')
}
