/** A key as shortcuts are named: a letter is a capital where Shift is held, whatever Caps Lock makes of it. */
export function nameKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  if (!/^\p{L}$/u.test(key)) return key
  return shiftKey ? key.toUpperCase() : key.toLowerCase()
}
