/**
 * Captured text for a menu, a notification or a dialog of the system: one line, of bounded length, and without the
 * characters that turn the direction of reading or drive a terminal.
 */
export function shownText(text: string, maxLength: number): string {
  const line = text.replace(unshowable, ' ').replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length > maxLength
    ? `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`
    : line
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const unshowable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
