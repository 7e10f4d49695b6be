/**
 * Markdown as the text that its reader would see, for where a line or two of it stand and nothing is laid out. What was cut off in
 * the middle, or is still being written, loses its open marks too. It looks at the first `longestPlain` characters alone.
 */
export function plainMarkdown(text: string): string {
  let isCode = false
  const lines: string[] = []
  for (const line of text.slice(0, longestPlain).split('\n')) {
    if (fence.test(line)) isCode = !isCode
    else if (isCode) lines.push(line)
    else if (!saysNothing.test(line)) lines.push(plainLine(line))
  }
  return lines.join('\n').trim()
}

export const longestPlain = 10_000
const fence = /^\s*(?:```|~~~)/
/** Rules under and between things, of tables too, and addresses that are named at the end. */
const saysNothing = /^\s*(?:(?:[-*_=]\s*){3,}|\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?|\[[^\]]{1,200}\]:\s+\S+.*)$/

function plainLine(line: string): string {
  const unquoted = line.replace(/^(?:\s*>)+\s?/, '')
  const row = /^\s*\|(.*?)\|?\s*$/.exec(unquoted)
  if (row) return readCells(row[1] ?? '').join(' · ')
  const words = unquoted
    .replace(/^\s{0,3}#{1,6}\s+/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(/^(\s*)[-*+]\s+\[([ xX])\]\s/, (_, indent, mark) => `${indent}${mark === ' ' ? '☐' : '☑'} `)
    .replace(/^(\s*)[-*+]\s+/, '$1• ')
  return plainWords(words)
}

function readCells(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .map((cell) => plainWords(cell.trim()))
    .filter((cell) => cell !== '')
}

/** Code says what it says; around it the marks go. */
function plainWords(text: string): string {
  return text
    .split(/(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)/)
    .map((part, at) => (at % 3 === 0 ? plainProse(part).replaceAll('`', '') : at % 3 === 1 ? '' : part))
    .join('')
}

function plainProse(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+["'][^"']*["'])?\)|\[[^[\]]*\])/g, '$1')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*$/, '$1')
    .replace(/<((?:https?|mailto):[^<>\s]*)>/g, '$1')
    .replace(/(?<!\\)(?:\*\*|~~)/g, '')
    .replace(/(?<![\\\p{L}\p{N}_])__(?=\S)|(?<=[^\s\\])__(?![\p{L}\p{N}_])/gu, '')
    .replace(/(?<![\\\p{L}\p{N}*])\*(?=[^\s*])|(?<=[^\s\\*])\*(?![\p{L}\p{N}*])/gu, '')
    .replace(/(?<![\\\p{L}\p{N}_])_(?=[^\s_])([^_]*[^\s\\_])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
