import type { WordTerm } from '../../contract/domain/searchLanguage.ts'

/** What stands for a letter of a word in the index: unicode61's own classes and the underscore. */
const wordCharacter = '[\\p{L}\\p{N}\\p{M}\\p{Co}_]'
const words = new RegExp(`${wordCharacter}+`, 'gu')

export interface TextQuery {
  /** For FTS5's MATCH; null when nothing is said of what must occur. */
  match: string | null
  /** The same of what must not occur, of which one is enough. */
  excluded: string | null
  /** Where the words stand in a text that was found. Carries the flag `g`. */
  pattern: RegExp
}

/**
 * The words of a query for the index: all must occur, open ones as the beginning of a word. A word such as `src/app.ts` is
 * the phrase of its parts. Nothing of it is syntax to FTS5: whatever was typed goes there as a quoted string.
 * A long beginning is spelled out as the words that `wordsBeginning` knows, where they are few enough.
 */
export function toTextQuery(
  terms: readonly WordTerm[],
  wordsBeginning: (beginning: string) => string[] | null = () => null,
): TextQuery {
  const wanted = terms.filter((term) => !term.isExcluded)
  const excluded = terms.filter((term) => term.isExcluded)
  const isWanted = wanted.length > 0
  return {
    match: isWanted ? wanted.map((term) => toMatch(term, wordsBeginning)).join(' AND ') : null,
    excluded: excluded.length > 0 ? excluded.map((term) => toMatch(term, wordsBeginning)).join(' OR ') : null,
    pattern: isWanted ? new RegExp(wanted.map((term) => patternOf(term.text, term.isOpen)).join('|'), 'giu') : /(?!)/gu,
  }
}

/** One word of which the index has no beginnings of that length as such. */
const longBeginning = /^[a-z0-9_]{7,}$/i

function toMatch(term: WordTerm, wordsBeginning: (beginning: string) => string[] | null): string {
  if (!term.isOpen) return quote(term.text)
  const words = longBeginning.test(term.text) ? wordsBeginning(term.text.toLowerCase()) : null
  return words && words.length > 0 ? `(${words.map(quote).join(' OR ')})` : `${quote(term.text)}*`
}

function quote(text: string): string {
  return `"${text.replaceAll('"', ' ').replaceAll('\0', ' ')}"`
}

function patternOf(text: string, isBeginning: boolean): string {
  const parts = fold(text).match(words) ?? []
  const between = `[^\\p{L}\\p{N}\\p{Co}_]+`
  return `(?<!${wordCharacter})${parts.join(between)}${isBeginning ? `${wordCharacter}*` : `(?!${wordCharacter})`}`
}

const hitStart = '\u{E000}'
const hitEnd = '\u{E001}'
/** So little that the hit is seen where the row is narrow. */
const usualLead = 32
const snippetLength = 240
/** A word that stands in an output a thousand times over need not be looked at each time. */
const mostHitsWeighed = 500

/**
 * The text around the first hit, on one line, each hit in it between U+E000 and U+E001. With `isLine` no more of it than the
 * line of the hit, as of what a command printed. `lead` is how many characters may stand before the hit.
 */
export function snippetOf(text: string, pattern: RegExp, isLine = false, lead = usualLead): string {
  const folded = fold(text)
  const first = isLine ? bestLine(folded, pattern) : Math.max(0, folded.search(pattern))
  const lineStart = isLine ? text.lastIndexOf('\n', Math.max(0, first - 1)) + 1 : 0
  const lineEnd = isLine ? indexOrEnd(text, '\n', Math.max(first, lineStart)) : text.length
  const start = wholeCharacter(text, Math.max(lineStart, first - lead))
  const end = wholeCharacter(text, Math.min(lineEnd, start + snippetLength))
  let snippet = ''
  let at = start
  for (const hit of folded.slice(0, end).matchAll(pattern)) {
    if (hit.index < start) continue
    const hitEndsAt = hit.index + hit[0].length
    snippet += clean(text.slice(at, hit.index)) + hitStart + clean(text.slice(hit.index, hitEndsAt)) + hitEnd
    at = hitEndsAt
  }
  snippet += clean(text.slice(at, Math.max(at, end)))
  return `${start > lineStart ? '…' : ''}${snippet.replace(/\s+/g, ' ').trim()}${end < lineEnd ? '…' : ''}`
}

/** Where the line begins that has the most of the words. */
export function findLine(text: string, pattern: RegExp): number {
  const hit = bestLine(fold(text), pattern)
  return hit === 0 ? 0 : text.lastIndexOf('\n', hit - 1) + 1
}

/** The first hit of the line that has the most of the words. */
function bestLine(folded: string, pattern: RegExp): number {
  let best = 0
  let most = 0
  let words = new Set<string>()
  let start = 0
  let end = -1
  let looked = 0
  for (const hit of folded.matchAll(pattern)) {
    if (++looked > mostHitsWeighed) break
    if (hit.index > end) {
      start = hit.index
      end = indexOrEnd(folded, '\n', hit.index)
      words = new Set()
    }
    words.add(hit[0].toLowerCase())
    if (words.size > most) {
      most = words.size
      best = start
    }
  }
  return best
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from)
  return index === -1 ? text.length : index
}

/** Only our own marks may stand for marks. */
function clean(text: string): string {
  return text.replace(/[\u{E000}\u{E001}]/gu, ' ')
}

/** Not between the two halves of one character. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

/** Without accents, as the index has it, and of the same length, so that places in it are places in the text. */
function fold(text: string): string {
  return text.replace(/[\u00C0-\u024F\u1E00-\u1EFF]/g, (letter) => letter.normalize('NFD').charAt(0))
}
