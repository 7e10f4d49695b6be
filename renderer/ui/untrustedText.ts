/**
 * Captured text comes from models, web pages and programs. It is only ever put on the page as text; these functions take
 * away what can still deceive in plain text: characters that turn the direction of reading, and terminal control.
 */

const directionControls = /[\u202a-\u202e\u2066-\u2069]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const otherControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]|\r(?!\n)/g

/** Shows what would be invisible, as `\u202e`, so that a command reads in the order in which it runs. */
export function revealControls(text: string): string {
  return text.replace(directionControls, escapeCharacter).replace(otherControls, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

export interface AnsiSpan {
  text: string
  isBold: boolean
  isDim: boolean
  /** One of the terminal's eight hues; the page gives it the theme's own. */
  color: AnsiColor | null
}
export type AnsiColor = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white'

const colors: AnsiColor[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
const esc = '\\u001b'
const sequences = new RegExp(
  [
    `${esc}\\[([0-9;:?]*)[ -/]*([@-~])`, // a command with numbers; those that end in m are colours
    `${esc}\\[[0-9;:?]*$`, // the same, cut off
    `${esc}[\\]PX^_][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\|$)`, // a string: titles, links
    `${esc}[ -/]*[0-Z\\\\^-~]`, // short commands
  ].join('|'),
  'g',
)

/** Terminal output as spans. Colours and weight are kept, every other sequence (cursor, titles, links) is dropped. */
export function readAnsi(output: string): AnsiSpan[] {
  const text = overwriteLines(output)
  const spans: AnsiSpan[] = []
  let style: Omit<AnsiSpan, 'text'> = { isBold: false, isDim: false, color: null }
  let end = 0
  const add = (part: string) => {
    if (part !== '') spans.push({ text: revealControls(part), ...style })
  }
  for (const match of text.matchAll(sequences)) {
    add(text.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2] === 'm') style = applyCodes(style, match[1] ?? '')
  }
  add(text.slice(end))
  return spans
}

/** What a terminal would show after carriage returns: progress bars leave their last state. */
function overwriteLines(output: string): string {
  if (!output.includes('\r')) return output
  return output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split('\r').findLast((part) => part !== '') ?? '')
    .join('\n')
}

function applyCodes(style: Omit<AnsiSpan, 'text'>, list: string): Omit<AnsiSpan, 'text'> {
  let next = { ...style }
  const codes = list.split(/[;:]/).map(Number)
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0
    if (code === 0) next = { isBold: false, isDim: false, color: null }
    else if (code === 1) next.isBold = true
    else if (code === 2) next.isDim = true
    else if (code === 22) next = { ...next, isBold: false, isDim: false }
    else if (code >= 30 && code <= 37) next.color = colors[code - 30] ?? null
    else if (code >= 90 && code <= 97) next.color = colors[code - 90] ?? null
    else if (code === 39) next.color = null
    else if (code === 38 || code === 48) {
      const isIndexed = codes[index + 1] === 5
      const palette = codes[index + 2] ?? -1
      if (code === 38) next.color = isIndexed && palette >= 0 && palette < 16 ? (colors[palette % 8] ?? null) : null
      index += isIndexed ? 2 : 4
    }
  }
  return next
}

/** Only these leave the page, and only after the reader agreed. */
export function isOpenableLink(url: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol)
  } catch {
    return false
  }
}
