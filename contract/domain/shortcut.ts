import { z } from 'zod'

/** In the order in which they are written. Command is macOS's, Super everybody else's. */
export const shortcutModifiers = ['Control', 'Alt', 'Shift', 'Command', 'Super'] as const
export type ShortcutModifier = (typeof shortcutModifiers)[number]

const namedKeys = ['Space', 'Up', 'Down', 'Left', 'Right', 'Home', 'End', 'PageUp', 'PageDown', 'Insert']
const keyPattern = new RegExp(`^(?:[A-Z0-9]|F(?:[1-9]|1\\d|2[0-4])|${namedKeys.join('|')})$`)

export interface Shortcut {
  modifiers: ShortcutModifier[]
  key: string
}

/** `Alt+Command+T`, or null for what is none. */
export function readShortcut(text: string): Shortcut | null {
  const parts = text.split('+')
  const key = parts.pop() ?? ''
  const modifiers = shortcutModifiers.filter((each) => parts.includes(each))
  return modifiers.length === parts.length && keyPattern.test(key) ? { modifiers, key } : null
}

export function writeShortcut({ modifiers, key }: Shortcut): string {
  return [...shortcutModifiers.filter((each) => modifiers.includes(each)), key].join('+')
}

/**
 * Why a combination is not one for the whole computer, in a sentence; null when it is. What works everywhere is taken from every
 * other program, so it is not to be one that people type.
 */
export function refuseShortcut({ modifiers, key }: Shortcut): string | null {
  if (!keyPattern.test(key))
    return 'Choose a letter, a digit, a function key, an arrow or Space, with keys that are held.'
  const isPlain = !modifiers.some((each) => each !== 'Shift')
  const isRare = /^F\d/.test(key) || key === 'Space'
  if (isPlain || (modifiers.length < 2 && !isRare)) {
    return 'Hold two keys with it, such as Control and Alt: with fewer it would be taken from other programs.'
  }
  return null
}

export const shortcutSchema = z
  .string()
  .max(100)
  .refine((text) => {
    const shortcut = readShortcut(text)
    return shortcut !== null && refuseShortcut(shortcut) === null && writeShortcut(shortcut) === text
  }, 'This is no combination of keys for the whole computer.')
