/** What stands for a letter of a word in the index: unicode61's own classes and the underscore. */
const wordCharacter = '[\\p{L}\\p{N}\\p{M}\\p{Co}_]'
const words = new RegExp(`${wordCharacter}+`, 'gu')
const hasWord = /[\p{L}\p{N}\p{Co}_]/u

export interface SearchQuery {
  /** For FTS5's MATCH. */
  match: string
  /** Where the words stand in a text that was found. Carries the flag `g`. */
  pattern: RegExp
}

/**
 * Reads what a user typed: words that must all occur, the last as the beginning of one while it is being typed,
 * and "exact phrases". A word such as `src/app.ts` is the phrase of its parts. Nothing of it is syntax to FTS5:
 * whatever was typed goes there as a quoted string. Null when there is no word in it.
 */
export function parseSearch(query: string): SearchQuery | null {
  const terms = [...query.replaceAll('\0', ' ').matchAll(/"([^"]*)"?|([^\s"]+)/g)]
    .map(([whole, phrase, word]) => ({ text: phrase ?? word ?? '', isOpen: phrase === undefined, whole }))
    .filter(({ text }) => hasWord.test(text))
  const last = terms.at(-1)
  if (!last) return null
  const endsInWord = new RegExp(`${wordCharacter}$`, 'u').test(query)
  // A single letter begins a tenth of all words: nobody looks for those, and finding them all takes a while.
  const isBeginning = (term: typeof last) =>
    term === last && term.isOpen && endsInWord && !/^[a-z0-9]$/i.test(term.text)
  return {
    match: terms.map((term) => `"${term.text}"${isBeginning(term) ? '*' : ''}`).join(' '),
    pattern: new RegExp(terms.map((term) => patternOf(term.text, isBeginning(term))).join('|'), 'giu'),
  }
}

function patternOf(text: string, isBeginning: boolean): string {
  const parts = fold(text).match(words) ?? []
  const between = `[^\\p{L}\\p{N}\\p{Co}_]+`
  return `(?<!${wordCharacter})${parts.join(between)}${isBeginning ? `${wordCharacter}*` : `(?!${wordCharacter})`}`
}

const hitStart = '\u{E000}'
const hitEnd = '\u{E001}'
const beforeHit = 60
const snippetLength = 240

/** The text around the first hit, on one line, each hit in it between U+E000 and U+E001. */
export function snippetOf(text: string, pattern: RegExp): string {
  const folded = fold(text)
  const first = Math.max(0, folded.search(pattern))
  const start = wholeCharacter(text, Math.max(0, first - beforeHit))
  const end = wholeCharacter(text, Math.min(text.length, start + snippetLength))
  let snippet = ''
  let at = start
  for (const hit of folded.slice(0, end).matchAll(pattern)) {
    if (hit.index < start) continue
    const hitEndsAt = hit.index + hit[0].length
    snippet += clean(text.slice(at, hit.index)) + hitStart + clean(text.slice(hit.index, hitEndsAt)) + hitEnd
    at = hitEndsAt
  }
  snippet += clean(text.slice(at, Math.max(at, end)))
  return `${start > 0 ? '…' : ''}${snippet.replace(/\s+/g, ' ').trim()}${end < text.length ? '…' : ''}`
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
