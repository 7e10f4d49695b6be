/**
 * Markdown of others is laid out only where that ends soon: a parser's work grows with the square of what is nested or left open,
 * and ten thousand quotes in a row make it fail. What is longer or more tangled is shown as the text that it is.
 */
export function isPlainEnough(text: string): boolean {
  if (text.length > longest) return false
  if (deepMarkers.test(text) || deepList.test(text)) return false
  return limits.every(([sign, most]) => countOf(text, sign) <= most) && countTickLengths(text) <= mostTickLengths
}

const longest = 100_000
/** More than so many quotes and lists inside of each other nobody writes. */
const deepMarkers = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){24}/m
const deepList = /^[ \t]{64,}(?:[-+*>]|\d{1,9}[.)])/m
/** What opens something: each is held against all that stand open before it. */
const limits: [sign: string, most: number][] = [
  ['*', 3_000],
  ['_', 3_000],
  ['~', 1_500],
  ['[', 1_500],
  ['<', 5_000],
  ['&', 5_000],
  ['|', 4_000],
]
/** Backticks are looked for by how many there are in a row. */
const mostTickLengths = 24

function countOf(text: string, sign: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

function countTickLengths(text: string): number {
  return new Set(text.match(/`+/g)?.map(({ length }) => length)).size
}
