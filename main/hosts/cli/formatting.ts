import { homedir } from 'node:os'
import { durationWords } from '../../../contract/domain/durationWords.ts'
import { defuse, oneLine } from './terminal.ts'

/** How the command line writes numbers, times and folders; as the window does, but with spaces that every tool takes for one. */

/** `812`, `6.1 k`, `61 k`, `1.2 M`. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(count)
  if (count < 999_500) return scaled(count / 1_000, 'k')
  return count < 999_500_000 ? scaled(count / 1_000_000, 'M') : scaled(count / 1_000_000_000, 'B')
}

function scaled(value: number, unit: string): string {
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${unit}`
}

/** `1 turn`, `4 turns`. */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`
}

/** As the window tells it. */
export function duration(ms: number): string {
  return durationWords(ms, ' ')
}

/** In whole minutes, hours or days, for what is hours away. */
export function roughDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : count(Math.round(hours / 24), 'day')
}

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dateWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** `now`, `5 min ago`, `3 h ago`, `4 days ago`, then the date. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min ago`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`
  if (minutes < 7 * 1_440) return `${Math.floor(minutes / 1_440)} days ago`
  const isOfThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (isOfThisYear ? date : dateWithYear).format(at)
}

/** A folder with `~` for the home; of one that is too long its end is kept, which tells it from others. */
export function shortFolder(folder: string, maxLength: number, home = homedir()): string {
  const path = oneLine(folder, Number.POSITIVE_INFINITY)
  const isInHome = home !== '' && (path === home || path.startsWith(`${home}/`) || path.startsWith(`${home}\\`))
  const short = isInHome ? `~${path.slice(home.length)}` : path
  return short.length > maxLength ? `…${short.slice(short.length - maxLength + 1)}` : short
}

/** Breaks lines between words, so that none is longer than the terminal is wide; further lines are indented by `indent`. */
export function wrap(text: string, columns: number | null, indent = 0): string {
  const safe = defuse(text)
  if (columns === null) return safe
  const width = Math.max(20, columns)
  return safe
    .split('\n')
    .map((line) => wrapLine(line, width, ' '.repeat(indent)))
    .join('\n')
}

function wrapLine(line: string, width: number, indent: string): string {
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width)
    // A word that is longer than a line is broken by the terminal, so that it is still one word for whoever copies it.
    if (at <= indent.length) break
    lines.push(rest.slice(0, at))
    rest = indent + rest.slice(at + 1).trimStart()
  }
  return [...lines, rest].join('\n')
}
