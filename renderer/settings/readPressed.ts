import {
  refuseShortcut,
  type ShortcutModifier,
  shortcutModifiers,
  writeShortcut,
} from '../../contract/domain/shortcut.ts'
import type { Keyboard } from './nameShortcut.ts'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'repeat'> & {
  isAltGr: boolean
}

/** What a press of keys means while a combination is being chosen. */
export type Pressed =
  | { is: 'giveUp' }
  /** To the next control, as everywhere. */
  | { is: 'leave' }
  | { is: 'held'; modifiers: ShortcutModifier[] }
  | { is: 'refused'; why: string }
  | { is: 'shortcut'; keys: string }

export function readPressed(press: Press, on: Keyboard): Pressed {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = press
  const isHeld = { Control: ctrlKey, Alt: altKey, Shift: shiftKey, Command: metaKey, Super: metaKey }
  const other = on === 'mac' ? 'Super' : 'Command'
  const modifiers = shortcutModifiers.filter((each) => each !== other && isHeld[each])
  if (modifiers.length === 0 && key === 'Escape') return { is: 'giveUp' }
  if (key === 'Tab' && !ctrlKey && !altKey && !metaKey) return { is: 'leave' }
  // The key that began this may still be down.
  if (press.repeat || /^(?:Control|Alt|AltGraph|Shift|Meta|OS)$/.test(key)) return { is: 'held', modifiers }
  if (press.isAltGr) return { is: 'refused', why: 'AltGr is there to type letters. Hold other keys.' }
  const shortcut = { modifiers, key: readKey(press) }
  const why = refuseShortcut(shortcut)
  return why === null ? { is: 'shortcut', keys: writeShortcut(shortcut) } : { is: 'refused', why }
}

/** Its letter as the keyboard is laid out; where Alt or Shift makes another sign of it, what stands on the key. */
function readKey({ key, code }: Press): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  if (key === ' ' || code === 'Space') return 'Space'
  const [, onKey] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? []
  return onKey ?? key.replace(/^Arrow/, '')
}
