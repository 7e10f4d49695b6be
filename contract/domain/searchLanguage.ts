import type { AccountMode } from './account.ts'
import type { Status } from './exchange.ts'
import {
  accountWords,
  hasWords,
  isSearchKey,
  isWords,
  nearestKey,
  type SearchKey,
  searchKeys,
  statusWords,
} from './searchKeys.ts'
import { readSearchTime, timeForms } from './searchTime.ts'

/** Words that must stand next to each other, or must not stand there at all. */
export interface WordTerm {
  type: 'words'
  text: string
  isPhrase: boolean
  isExcluded: boolean
  /** The beginning of a word: one with a star behind it, or the last one, right before the end. */
  isOpen: boolean
  start: number
  end: number
}

/** A part of what is asked for, or with `=` before it all of it. */
export interface Wanted {
  text: string
  isExact: boolean
}

/** What a session, or a turn of it, must be. Of several values one is enough. Times are epoch milliseconds. */
export type Condition =
  | { key: 'model' | 'cwd' | 'tool'; values: Wanted[] }
  | { key: 'tag'; values: string[] }
  | { key: 'status'; values: Status[] }
  | { key: 'account'; values: AccountMode[] }
  | { key: 'has'; values: ('edits' | 'errors')[] }
  | { key: 'is'; values: 'starred'[] }
  | { key: 'after' | 'before'; at: number }

export interface ConditionTerm {
  type: 'condition'
  condition: Condition
  isExcluded: boolean
  start: number
  end: number
}

export type SearchTerm = WordTerm | ConditionTerm

/** Why a part of a query means nothing, and what would. */
export interface SearchProblem {
  message: string
  start: number
  end: number
  /** It may just not have been typed to its end. */
  isUnfinished: boolean
}

export interface SearchReading {
  terms: SearchTerm[]
  problems: SearchProblem[]
}

/** A run of what is no space, in which quotes hold spaces together and two quotes inside of quotes are one. */
const value = String.raw`(?:"(?:[^"]|"")*(?:"|$)|[^\s"])*`
const token = new RegExp(
  String.raw`(?<minus>-(?=[^\s-]))?(?:(?<key>[A-Za-z]+):(?<value>${value})|"(?<phrase>(?:[^"]|"")*)(?:"|$)|(?<word>[^\s"]+))`,
  'g',
)
const mostCharacters = 1000
const hasLetter = /[\p{L}\p{N}\p{Co}_]/u
const endsInLetter = /[\p{L}\p{N}\p{M}\p{Co}_]$/u
/** Begins a tenth of all words: nobody looks for those, and finding them all takes a while. */
const singleLetter = /^[a-z0-9]$/i

/**
 * The search language, the same in the palette, over the list, in addresses and on the command line: words, "exact phrases",
 * `begin*` for words that begin so, `key:value` with the value in quotes if it has spaces and alternatives after commas, `key:=value` for that value and none that
 * it is a part of, and `-` before what must not be.
 * All that is asked for must hold. `https://…`, `localhost:80` and `std::fs` are words. Nothing is left out silently: what
 * means nothing is a problem.
 */
export function readSearch(query: string, now: number): SearchReading {
  if (query.length > mostCharacters) return { terms: [], problems: [tooLong(query)] }
  const terms: SearchTerm[] = []
  const problems: SearchProblem[] = []
  for (const match of query.matchAll(token)) {
    const { minus, key: name, value = '', phrase, word } = match.groups as Record<string, string | undefined>
    const place = { start: match.index, end: match.index + match[0].length }
    const isExcluded = minus !== undefined
    const key = name?.toLowerCase()
    if (key !== undefined && isSearchKey(key)) {
      const read = readCondition(key, splitValues(value), isExcluded, now)
      if (typeof read !== 'string') terms.push({ type: 'condition', condition: read, isExcluded, ...place })
      else problems.push({ message: read, ...place, isUnfinished: place.end === query.length && canGrow(key, value) })
      continue
    }
    const isPhrase = phrase !== undefined
    const typed = isPhrase ? phrase.replaceAll('""', '"') : (word ?? match[0].slice(isExcluded ? 1 : 0))
    const text = isPhrase ? typed : typed.replace(/\*+$/, '')
    const hasStar = text !== typed && endsInLetter.test(text)
    if (key !== undefined && isMeantAsKey(value)) {
      problems.push({ message: explainKey(key, match[0]), ...place, isUnfinished: false })
    } else if (hasStar && singleLetter.test(text)) {
      const message = `“${match[0]}” begins too many words. Write one more letter before the star.`
      problems.push({ message, ...place, isUnfinished: false })
    } else if (hasLetter.test(text)) {
      const isLast = !isPhrase && !isExcluded && place.end === query.length
      const isOpen = hasStar || (isLast && endsInLetter.test(text) && !singleLetter.test(text))
      terms.push({ type: 'words', text, isPhrase, isExcluded, isOpen, ...place })
    } else {
      const message = `“${match[0]}” has no letter or digit, and nothing else can be looked for. Leave it out.`
      problems.push({ message, ...place, isUnfinished: place.end === query.length })
    }
  }
  return { terms, problems }
}

function tooLong({ length }: string): SearchProblem {
  const [most, given] = [mostCharacters, length].map((count) => count.toLocaleString('en-US'))
  const message = `The search may have ${most} characters at most; this one has ${given}.`
  return { message, start: mostCharacters, end: length, isUnfinished: false }
}

/** The query with one more part. What was the beginning of a word, because it was the last, stays it. */
export function withPart(query: string, part: string): string {
  const last = readSearch(query, 0).terms.at(-1)
  const isBeginning = last?.type === 'words' && last.isOpen && last.end === query.length && !query.endsWith('*')
  return `${query}${isBeginning ? '*' : ''} ${part}`.trim()
}

/** The query without the part between two places. */
export function withoutPart(query: string, { start, end }: { start: number; end: number }): string {
  return `${query.slice(0, start).trimEnd()} ${query.slice(end).trimStart()}`.trim()
}

/** A value as it must be written behind its colon. */
export function quoteValue(text: string): string {
  return text === '' || /^=|[\s",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A value that stands for itself alone, and for nothing that it is a part of. */
export function quoteExactValue(text: string): string {
  return `=${quoteValue(text)}`
}

/** The query for the sessions of one folder, and of no folder in it. */
export function queryForFolder(cwd: string): string {
  return `cwd:${quoteFolder(cwd)}`
}

/** A folder as it must be written behind its colon to mean no other: most paths do so as they are. */
export function quoteFolder(cwd: string): string {
  return isWholePath.test(cwd) && !cwd.startsWith('~') && !endsInSeparator.test(cwd)
    ? quoteValue(cwd)
    : quoteExactValue(cwd)
}

const isWholePath = /^([/\\~]|[A-Za-z]:[/\\])/
const endsInSeparator = /[/\\]$/

/**
 * Whether a folder is one that `cwd:` asks for: an absolute path, or one under `~`, asks for that folder alone, with a
 * separator at its end for all that is in it too; anything else is a part of the path, unless it is asked for exactly. `~` is
 * any of `homes`, and what looks like somebody's home.
 */
export function isFolderWanted(cwd: string | null, wanted: Wanted, homes: readonly string[] = []): boolean {
  if (cwd === null) return false
  const { text, isExact } = wanted
  if (!text.startsWith('~')) return isPathWanted(cwd, wanted)
  const paths = [cwd.replace(homeFolder, '~'), ...homes.map((home) => shortenHome(cwd, home))]
  return (isExact && cwd === text) || paths.some((path) => isPathWanted(path, wanted))
}

/** Whether only somebody who knows the homes of this computer can say that this folder is not meant. */
export function mayBeUnderHome(cwd: string | null, { text }: Wanted): boolean {
  return cwd !== null && text.startsWith('~') && /^([/\\]|[A-Za-z]:)/.test(cwd)
}

function isPathWanted(path: string, { text, isExact }: Wanted): boolean {
  if (isExact) return path === text
  if (!isWholePath.test(text)) return path.toLowerCase().includes(text.toLowerCase())
  return endsInSeparator.test(text) ? `${path}/`.startsWith(text) || path.startsWith(text) : path === text
}

function shortenHome(cwd: string, home: string): string {
  const rest = cwd.startsWith(home) ? cwd.slice(home.length) : null
  return rest !== null && (rest === '' || /^[/\\]/.test(rest)) ? `~${rest}` : cwd
}

/** As the page shortens it: whose home it was is not known where the recording came from elsewhere. */
const homeFolder = /^(\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:\\Users\\[^\\]+)(?=[/\\]|$)/

/** What is known of models: a part of the name is enough. */
export function isModelWanted(model: string | null, wanted: Wanted): boolean {
  return model !== null && isNameWanted(model, wanted, (name, part) => name.includes(part))
}

/** A tool's name is asked for by how it begins. */
export function isToolWanted(tool: string, wanted: Wanted): boolean {
  return isNameWanted(tool, wanted, (name, part) => name.startsWith(part))
}

function isNameWanted(name: string, { text, isExact }: Wanted, fits: (name: string, part: string) => boolean): boolean {
  const [lower, wanted] = [name.toLowerCase(), text.toLowerCase()]
  return isExact ? lower === wanted : fits(lower, wanted)
}

/** A port, a line number, a path and a second colon follow words; a value follows a key. */
function isMeantAsKey(value: string): boolean {
  return value !== '' && !/^[/\\:\d]/.test(value)
}

/** Whether a value that means nothing yet may be the beginning of one that does. */
function canGrow(key: SearchKey, value: string): boolean {
  const begin = (splitValues(value).at(-1)?.text ?? '').toLowerCase()
  const words = wordsOf[key]
  return begin === '' || words.some((word) => word.startsWith(begin)) || (isTimeKey(key) && /^\d/.test(begin))
}

function isTimeKey(key: SearchKey): boolean {
  return key === 'after' || key === 'before'
}

const times = ['now', 'today', 'yesterday']
const wordsOf: Record<SearchKey, string[]> = {
  model: [],
  cwd: [],
  tool: [],
  tag: [],
  status: Object.keys(statusWords),
  account: Object.keys(accountWords),
  has: Object.keys(hasWords),
  is: Object.keys(isWords),
  after: times,
  before: times,
}

function splitValues(text: string): Wanted[] {
  const values: Wanted[] = []
  for (const match of text.matchAll(/(?:^|,)(=?)((?:"(?:[^"]|"")*(?:"|$)|[^",])*)/g)) {
    const inner = (match[2] ?? '').replace(/"((?:[^"]|"")*)(?:"|$)/g, (_, quoted: string) =>
      quoted.replaceAll('""', '"'),
    )
    values.push({ text: inner.trim(), isExact: match[1] === '=' })
  }
  return values
}

function readCondition(key: SearchKey, wanted: Wanted[], isExcluded: boolean, now: number): Condition | string {
  const values = wanted.map(({ text }) => text)
  if (values.some((each) => each === '')) {
    return `${key}: wants a value right after the colon, such as ${searchKeys[key].example}.`
  }
  switch (key) {
    case 'model':
    case 'cwd':
    case 'tool':
      return { key, values: wanted }
    // The words of these mean nothing but themselves anyway.
    case 'tag':
      return { key, values }
    case 'status':
      return readWords(values, statusWords, 'status: is live, completed, failed, aborted or cut', (found) => ({
        key,
        values: found,
      }))
    case 'account':
      return readWords(values, accountWords, 'account: is chatgpt or key', (found) => ({ key, values: found }))
    case 'has':
      return readWords(values, hasWords, 'has: is edits or errors', (found) => ({ key, values: found }))
    case 'is':
      return readWords(values, isWords, 'is: is starred', (found) => ({ key, values: found }))
    case 'after':
    case 'before': {
      const other = key === 'after' ? 'before' : 'after'
      const given = wanted.map(({ text, isExact }) => (isExact ? `=${text}` : text)).join(',')
      if (isExcluded) return `-${key}: is ${other}: with the same time; write ${other}:${given}.`
      const at = readSearchTime(given, now)
      return at === null ? `${key}: takes ${timeForms}; not “${given}”.` : { key, at }
    }
  }
}

function readWords<T>(
  values: string[],
  known: Record<string, T>,
  rule: string,
  make: (found: T[]) => Condition,
): Condition | string {
  const found: T[] = []
  for (const each of values) {
    const word = each.toLowerCase()
    if (!Object.hasOwn(known, word)) return `${rule}, not “${each}”.`
    found.push(known[word] as T)
  }
  return make(found)
}

function explainKey(key: string, whole: string): string {
  const nearest = nearestKey(key)
  const known = Object.keys(searchKeys).map((each) => `${each}:`)
  const instead = nearest
    ? `Did you mean ${nearest}:?`
    : `There are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}.`
  const words = `"${whole.replace(/^-/, '').replaceAll('"', '')}"`
  return `There is no ${key}: to narrow by. ${instead} For the words themselves put them in quotes: ${words}.`
}
