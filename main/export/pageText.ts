/** Captured text is only ever put into the page as text; these take away what can still deceive in plain text. */

const special: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const otherControls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g
const esc = '\\u001b'
const terminalSequences = new RegExp(
  [
    `${esc}\\[[0-9;:?]{0,64}[ -/]{0,4}[@-~]`, // a command with numbers, such as a colour
    `${esc}\\][^\\u0007${esc}]{0,4096}(?:\\u0007|${esc}\\\\)`, // a string: titles, links
    `${esc}[ -/]{0,4}[0-Z\\\\^-~]`, // short commands
  ].join('|'),
  'g',
)

/** For content and for attributes in quotes. What would be invisible is shown, as `\u202e`. */
export function escapeHtml(text: string): string {
  return revealControls(text).replace(/[&<>"']/g, (character) => special[character] as string)
}

/** As a terminal would leave it: without colours, and of a line that was written over, the last state. */
export function showOutput(text: string): string {
  const plain = text.includes('\u001b') ? text.replace(terminalSequences, '') : text
  if (!plain.includes('\r')) return revealControls(plain)
  const lines = plain.replaceAll('\r\n', '\n').split('\n')
  return revealControls(lines.map((line) => line.split('\r').findLast((part) => part !== '') ?? '').join('\n'))
}

/** Shows what would be invisible, or turn the direction of reading, as `\u202e`. */
export function revealControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(directionControls, escapeControl).replace(otherControls, escapeControl)
}

function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
