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
  /** The last word, right before the end: it counts as the beginning of one. */
  isOpen: boolean
  start: number
  end: number
}

/** What a session, or a turn of it, must be. Of several values one is enough. Times are epoch milliseconds. */
export type Condition =
  | { key: 'model' | 'cwd' | 'tool' | 'tag'; values: string[] }
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
const hasLetter = /[\p{L}\p{N}\p{Co}_]/u

/**
 * The search language, the same in the palette, over the list, in addresses and on the command line: words, "exact phrases",
 * `key:value` with the value in quotes if it has spaces and alternatives after commas, and `-` before what must not be.
 * All that is asked for must hold. `https://…`, `localhost:80` and `std::fs` are words. Nothing is left out silently: what
 * means nothing is a problem.
 */
export function readSearch(query: string, now: number): SearchReading {
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
    const text = phrase === undefined ? (word ?? match[0].slice(isExcluded ? 1 : 0)) : phrase.replaceAll('""', '"')
    if (key !== undefined && isMeantAsKey(value)) {
      problems.push({ message: explainKey(key, match[0]), ...place, isUnfinished: false })
    } else if (hasLetter.test(text)) {
      const isPhrase = phrase !== undefined
      const isOpen = !isPhrase && !isExcluded && place.end === query.length
      terms.push({ type: 'words', text, isPhrase, isExcluded, isOpen, ...place })
    } else {
      const message = `“${match[0]}” has no letter or digit, and nothing else can be looked for. Leave it out.`
      problems.push({ message, ...place, isUnfinished: place.end === query.length })
    }
  }
  return { terms, problems }
}

/** The query without the part between two places. */
export function withoutPart(query: string, { start, end }: { start: number; end: number }): string {
  return `${query.slice(0, start).trimEnd()} ${query.slice(end).trimStart()}`.trim()
}

/** A value as it must be written behind its colon. */
export function quoteValue(text: string): string {
  return text === '' || /[\s",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The query for the sessions of one folder, and of no folder in it. */
export function queryForFolder(cwd: string): string {
  return `cwd:${quoteValue(cwd)}`
}

/**
 * Whether a folder is one that `cwd:` asks for: an absolute path, or one under `~`, asks for that folder alone, with a
 * separator at its end for all that is in it too; anything else is a part of the path.
 */
export function isFolderWanted(cwd: string | null, wanted: string): boolean {
  if (cwd === null) return false
  if (!/^([/\\~]|[A-Za-z]:[/\\])/.test(wanted)) return cwd.toLowerCase().includes(wanted.toLowerCase())
  const path = wanted.startsWith('~') ? cwd.replace(homeFolder, '~') : cwd
  return /[/\\]$/.test(wanted) ? `${path}/`.startsWith(wanted) || path.startsWith(wanted) : path === wanted
}

/** As the page shortens it: whose home it was is not known where the recording came from elsewhere. */
const homeFolder = /^(\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:\\Users\\[^\\]+)(?=[/\\]|$)/

/** What is known of models: a part of the name is enough. */
export function isModelWanted(model: string | null, wanted: string): boolean {
  return model?.toLowerCase().includes(wanted.toLowerCase()) ?? false
}

/** A tool's name is asked for by how it begins. */
export function isToolWanted(tool: string, wanted: string): boolean {
  return tool.toLowerCase().startsWith(wanted.toLowerCase())
}

/** A port, a line number, a path and a second colon follow words; a value follows a key. */
function isMeantAsKey(value: string): boolean {
  return value !== '' && !/^[/\\:\d]/.test(value)
}

/** Whether a value that means nothing yet may be the beginning of one that does. */
function canGrow(key: SearchKey, value: string): boolean {
  const begin = (splitValues(value).at(-1) ?? '').toLowerCase()
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

function splitValues(text: string): string[] {
  const values: string[] = []
  for (const match of text.matchAll(/(?:^|,)((?:"(?:[^"]|"")*(?:"|$)|[^",])*)/g)) {
    const inner = (match[1] ?? '').replace(/"((?:[^"]|"")*)(?:"|$)/g, (_, quoted: string) =>
      quoted.replaceAll('""', '"'),
    )
    values.push(inner.trim())
  }
  return values
}

function readCondition(key: SearchKey, values: string[], isExcluded: boolean, now: number): Condition | string {
  if (values.some((each) => each === '')) {
    return `${key}: wants a value right after the colon, such as ${searchKeys[key].example}.`
  }
  switch (key) {
    case 'model':
    case 'cwd':
    case 'tool':
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
      const given = values.join(',')
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
