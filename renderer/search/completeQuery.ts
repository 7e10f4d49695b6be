import {
  accountWords,
  hasWords,
  isSearchKey,
  isWords,
  type SearchKey,
  searchKeys,
  statusWords,
} from '../../contract/domain/searchKeys.ts'
import {
  isModelWanted,
  isToolWanted,
  quoteExactValue,
  quoteValue,
  type Wanted,
} from '../../contract/domain/searchLanguage.ts'

/** What there is to narrow to. */
export interface KnownValues {
  models: readonly string[]
  tools: readonly string[]
  tags: readonly string[]
  folders: readonly string[]
}

export interface Completion {
  /** The part that is put in, as it reads in the list. */
  text: string
  /** What it means, where the text does not say it. */
  hint: string
  /** All that was typed, with the part put in. */
  query: string
  /** A key still wants its value. */
  isWhole: boolean
}

const days: [word: string, hint: string][] = [
  ['today', 'since midnight'],
  ['yesterday', ''],
  ['12h', 'the last 12 hours'],
  ['7d', 'the last 7 days'],
  ['30d', 'the last 30 days'],
]
const daysBefore: [word: string, hint: string][] = [
  ['today', ''],
  ['yesterday', ''],
  ['7d', 'more than 7 days ago'],
  ['30d', 'more than 30 days ago'],
]
const handy = ['is:starred', 'has:edits', 'has:errors', 'status:live', 'status:failed', 'after:today', 'after:7d']
const mostOffered = 12

/** What the last part of a query may be on the way to become: a key, or a value of its key. Nothing behind a space but at the begin. */
export function completeQuery(typed: string, known: KnownValues): Completion[] {
  const part = /(?:^|\s)(-?)((?:"[^"]*"?|[^\s"])*)$/.exec(typed)
  const minus = part?.[1] ?? ''
  const last = part?.[2] ?? ''
  const before = typed.slice(0, typed.length - minus.length - last.length)
  const make = (text: string, hint: string, isWhole: boolean): Completion => {
    return { text: `${minus}${text}`, hint, query: `${before}${minus}${text}${isWhole ? ' ' : ''}`, isWhole }
  }
  const colon = last.indexOf(':')
  const key = last.slice(0, colon).toLowerCase()
  // What is not after a time is before it: there is no such key with a minus.
  const isOffered = ({ text }: Completion) => minus === '' || !/^-(?:after|before):/.test(text)
  if (colon > 0 && isSearchKey(key)) {
    return completeValue(key, last.slice(colon + 1), known, make)
      .filter(isOffered)
      .slice(0, mostOffered)
  }
  if (colon >= 0 || last.includes('"')) return []
  if (last === '' && minus === '') {
    return typed.trim() === '' ? handy.map((text) => make(text, meaningOf(text), true)) : []
  }
  return completeKey(last.toLowerCase(), known, make).filter(isOffered).slice(0, mostOffered)
}

type Make = (text: string, hint: string, isWhole: boolean) => Completion

function completeKey(wanted: string, known: KnownValues, make: Make): Completion[] {
  const keys = Object.keys(searchKeys) as SearchKey[]
  const begun = keys
    .filter((key) => key.startsWith(wanted))
    .map((key) => make(`${key}:`, searchKeys[key].meaning, false))
  if (wanted.length < 2) return begun
  const valued = keys.flatMap((key) => valuesOf(key, known).map((value) => ({ key, ...value })))
  const fitting = valued.filter(({ value }) => nameOf(value).toLowerCase().startsWith(wanted))
  return [...begun, ...fitting.map(({ key, value, hint }) => make(`${key}:${quoteValue(value)}`, hint, true))]
}

/** After a comma the next alternative is completed, and those before it stay. */
function completeValue(key: SearchKey, typed: string, known: KnownValues, make: Make): Completion[] {
  const [kept = ''] = /^(?:=?(?:"(?:[^"]|"")*"|[^",])*,)*/.exec(typed) ?? []
  const part = typed.slice(kept.length)
  const fits = fitsPart[key]
  const isExact = part.startsWith('=') && fits !== undefined
  const wanted = readValue(isExact ? part.slice(1) : part).toLowerCase()
  const all = valuesOf(key, known)
  const fitting = all.filter(({ value }) => value.toLowerCase().includes(wanted))
  const begins = ({ value }: { value: string }) => Number(nameOf(value).toLowerCase().startsWith(wanted))
  return fitting
    .sort((a, b) => begins(b) - begins(a))
    .flatMap(({ value, hint }) => {
      const exactly = make(`${key}:${kept}${quoteExactValue(value)}`, 'this one alone', true)
      if (isExact) return [exactly]
      const plain = make(`${key}:${kept}${quoteValue(value)}`, hint, true)
      const isPart =
        fits && all.some((other) => other.value !== value && fits(other.value, { text: value, isExact: false }))
      return isPart ? [plain, exactly] : [plain]
    })
}

/** What else is found by a part of its name. Folders are offered by their whole path, which means no other. */
const fitsPart: Partial<Record<SearchKey, (value: string, wanted: Wanted) => boolean>> = {
  model: isModelWanted,
  tool: isToolWanted,
}

/** A value as it is meant, of what was typed of it: without the quotes around it, and with one for two inside of them. */
function readValue(part: string): string {
  return part.replace(/"((?:[^"]|"")*)(?:"|$)/g, (_, quoted: string) => quoted.replaceAll('""', '"'))
}

function valuesOf(key: SearchKey, known: KnownValues): { value: string; hint: string }[] {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, hint: '' }))
  switch (key) {
    case 'model':
      return plain(known.models)
    case 'tool':
      return plain(known.tools)
    case 'tag':
      return plain(known.tags)
    case 'cwd':
      return plain(known.folders)
    case 'status':
      return Object.entries(statusWords).flatMap(([value, means]) =>
        value === means ? [{ value, hint: statusHints[means] }] : [],
      )
    case 'account':
      return [
        { value: 'chatgpt', hint: 'paid by the plan' },
        { value: Object.keys(accountWords)[1] ?? 'key', hint: 'paid by an API key' },
      ]
    case 'has':
      return Object.keys(hasWords).map((value) => ({ value, hint: meaningOf(`has:${value}`) }))
    case 'is':
      return Object.keys(isWords).map((value) => ({ value, hint: meaningOf(`is:${value}`) }))
    case 'after':
      return days.map(([value, hint]) => ({ value, hint }))
    case 'before':
      return daysBefore.map(([value, hint]) => ({ value, hint }))
  }
}

const statusHints = {
  live: 'running now',
  completed: 'ended well',
  failed: 'ended with an error',
  aborted: 'stopped',
  cut: 'its end was never seen',
} as const

const meanings: Record<string, string> = {
  'is:starred': 'with a star',
  'has:edits': 'files were changed',
  'has:errors': 'something failed',
  'status:live': 'running now',
  'after:today': 'since midnight',
  'after:7d': 'the last 7 days',
}

function meaningOf(text: string): string {
  return meanings[text] ?? ''
}

/** A folder is meant by its name: what stands above it is the same for many. */
function nameOf(value: string): string {
  return value.split(/[/\\]/).findLast((part) => part !== '') ?? value
}
