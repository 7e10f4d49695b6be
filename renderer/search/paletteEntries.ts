import type { LucideIcon } from 'lucide-react'
import { readableSnippet } from '../../contract/domain/readableSnippet.ts'
import type { SavedSearch, SearchHit, SearchKind } from '../../contract/domain/search.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Action } from './action.ts'
import type { Completion } from './completeQuery.ts'
import { describeCall, readArguments } from './describeCall.ts'
import { type FuzzyMatch, fuzzyMatch } from './fuzzyMatch.ts'
import { readSnippet, type SnippetPart } from './snippet.ts'

export type EntryGroup = keyof typeof groupOrder

/** What Enter does. */
export type Target =
  | { type: 'session'; sessionId: string }
  | { type: 'hit'; hit: SearchHit }
  | { type: 'more'; kind: SearchKind }
  | { type: 'list'; query: string }
  | { type: 'complete'; query: string }
  | { type: 'save'; query: string }
  | { type: 'action'; action: Action }

export interface Entry {
  id: string
  group: EntryGroup
  /** What the line is of, in a word, where it does not say that itself: a file, a tool. */
  lead?: string
  icon?: LucideIcon
  /** A line of a file that was added or removed. */
  sign?: '+' | '−'
  parts: SnippetPart[]
  /** At the right: what it belongs to, and when it was. */
  where: string | null
  at: number | null
  keys?: string
  target: Target
}

const groupOrder = {
  'Narrow by': 0,
  Recent: 1,
  Saved: 2,
  Sessions: 3,
  Prompts: 4,
  Answers: 5,
  Commands: 6,
  Files: 7,
  Output: 8,
  Thoughts: 9,
  Other: 10,
  Actions: 11,
} as const

export const groupOfKind: Record<SearchKind, EntryGroup> = {
  prompt: 'Prompts',
  answer: 'Answers',
  command: 'Commands',
  file: 'Files',
  output: 'Output',
  thought: 'Thoughts',
  other: 'Other',
}

export interface PaletteContent {
  query: string
  completions: Completion[]
  /** The newest first. */
  recent: Session[]
  saved: readonly SavedSearch[]
  actions: Action[]
  recentActions: string[]
  found: { hits: SearchHit[]; sessions: Session[]; kinds: { kind: SearchKind; total: number }[] }
  /** Whether the query means something, so that it can be kept and shown as a list. */
  isSound: boolean
  /** Nothing was found, as far as the answer to this very query goes. */
  isFruitless: boolean
}

const recentShown = 6
const actionsShown = 6

/** The one that Enter opens before any was chosen: to keep a search has to be meant. */
export function firstChosen(entries: Entry[]): number {
  return entries.findIndex(({ target }) => target.type !== 'save')
}

/** Everything the palette offers for a query, in groups, in the order shown. */
export function listEntries(content: PaletteContent): Entry[] {
  const { query, completions, recent, saved, found, isSound, isFruitless } = content
  const typed = query.trim()
  const isEmpty = typed === ''
  const [last = ''] = /\S*$/.exec(query) ?? []
  const isNamed = last.includes(':')
  const narrowing = isEmpty ? [] : completions.slice(0, isNamed ? 8 : 3).map(describeCompletion)
  const entries: Entry[] = [
    ...(isNamed ? narrowing : []),
    ...describeSaved(saved, typed),
    ...(isEmpty ? recent.slice(0, recentShown) : []).map((session) => describeSession(session, 'Recent', typed)),
    ...found.sessions.map((session) => describeSession(session, 'Sessions', typed)),
    ...found.hits.map(describeHit),
    ...found.kinds.flatMap(({ kind, total }) => describeMore(kind, total, found.hits)),
    ...describeActions(content, typed),
  ]
  if (!isEmpty && isSound) entries.push(...describeQuery(typed, isFruitless))
  const ordered = inOrder(entries)
  // A word is looked for first; that a key may be meant is the second thought.
  return isNamed ? ordered : [...ordered, ...narrowing]
}

function inOrder(entries: Entry[]): Entry[] {
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => groupOrder[a.entry.group] - groupOrder[b.entry.group] || a.index - b.index)
    .map(({ entry }) => entry)
}

function describeCompletion({ text, hint, query }: Completion): Entry {
  const target: Target = { type: 'complete', query }
  return { id: `complete ${text}`, group: 'Narrow by', parts: plain(text), where: hint, at: null, target }
}

function describeSaved(saved: readonly SavedSearch[], typed: string): Entry[] {
  return saved.flatMap((search): Entry[] => {
    const match = typed === '' ? null : fuzzyMatch(typed, search.name)
    if (typed !== '' && !match) return []
    const target: Target = { type: 'list', query: search.query }
    const parts = match?.parts ?? plain(search.name)
    return [{ id: `saved ${search.name}`, group: 'Saved', parts, where: search.query, at: null, target }]
  })
}

function describeSession(session: Session, group: EntryGroup, typed: string): Entry {
  return {
    id: `session ${session.id}`,
    group,
    parts: markWords(session.title || 'Untitled', typed),
    where: session.cwd,
    at: session.updatedAt,
    target: { type: 'session', sessionId: session.id },
  }
}

function describeHit(hit: SearchHit): Entry {
  const { file } = hit
  const call = hit.kind === 'command' || hit.kind === 'output' ? describeCall(hit.tool) : null
  const lead = file && file.line !== 'name' ? file.path : call?.name
  return {
    id: `hit ${hit.kind} ${hit.itemId}`,
    group: groupOfKind[hit.kind],
    ...(lead === undefined ? {} : { lead }),
    ...(call === null ? {} : { icon: call.icon }),
    ...(file?.line === 'added' ? { sign: '+' as const } : file?.line === 'removed' ? { sign: '−' as const } : {}),
    parts: readSnippet(readableSnippet(hit, readCall).replace(/\s+/g, ' ').trim()),
    where: hit.sessionTitle,
    at: hit.at,
    target: { type: 'hit', hit },
  }
}

/** Of a call that says what it does only in JSON its words. */
function readCall(snippet: string, tool: string | null | undefined): string {
  return describeCall(tool) === null ? snippet : readArguments(snippet)
}

function describeMore(kind: SearchKind, total: number, hits: SearchHit[]): Entry[] {
  const shown = hits.filter((hit) => hit.kind === kind).length
  if (shown >= total) return []
  const text = `Show more of ${groupOfKind[kind].toLowerCase()}`
  const target: Target = { type: 'more', kind }
  return [{ id: `more ${kind}`, group: groupOfKind[kind], parts: plain(text), where: null, at: null, target }]
}

/** A list of what was not found would be empty. The search may be kept all the same, for what is still to come. */
function describeQuery(typed: string, isFruitless: boolean): Entry[] {
  const entry = (id: string, text: string, target: Target): Entry => {
    return { id, group: 'Actions', parts: plain(text), where: null, at: null, target }
  }
  return [
    ...(isFruitless ? [] : [entry('list', 'Show matching sessions in the list', { type: 'list', query: typed })]),
    entry('save', 'Save this search…', { type: 'save', query: typed }),
  ]
}

/** Those done last stand first; while something is typed, those that fit best. */
function describeActions({ actions, recentActions }: PaletteContent, typed: string): Entry[] {
  const lastDone = (action: Action) => {
    const place = recentActions.indexOf(action.id)
    return place === -1 ? recentActions.length : place
  }
  const fitting = actions.flatMap((action) => {
    const match = typed === '' ? { score: 0, parts: plain(action.label) } : matchAction(action, typed)
    return match ? [{ action, match }] : []
  })
  const ordered = fitting.sort((a, b) => b.match.score - a.match.score || lastDone(a.action) - lastDone(b.action))
  return ordered.slice(0, typed === '' ? actions.length : actionsShown).map(({ action, match }) => ({
    id: `action ${action.id}`,
    group: 'Actions',
    parts: match.parts,
    where: action.about ?? null,
    at: null,
    ...(action.keys === undefined ? {} : { keys: action.keys }),
    target: { type: 'action', action },
  }))
}

function matchAction({ label, also }: Action, typed: string): FuzzyMatch | null {
  const named = fuzzyMatch(typed, label)
  if (named) return named
  const wanted = typed.toLowerCase()
  return wanted.length > 1 && ` ${also.toLowerCase()}`.includes(` ${wanted}`) ? { score: 0, parts: plain(label) } : null
}

/** Each word that was typed, where it stands in the text. */
function markWords(text: string, typed: string): SnippetPart[] {
  const words = typed
    .split(/[\s"]+/)
    .filter((word) => word !== '' && !word.includes(':'))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (words.length === 0) return plain(text)
  const pattern = new RegExp(`(${words.join('|')})`, 'giu')
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isHit: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

function plain(text: string): SnippetPart[] {
  return [{ text, isHit: false }]
}
