import type { SearchHit } from '../../contract/domain/search.ts'
import type { Session } from '../../contract/domain/session.ts'
import { readSnippet, type SnippetPart } from './snippet.ts'

export type EntryGroup =
  | 'Recent'
  | 'Sessions'
  | 'Prompts'
  | 'Answers'
  | 'Commands and output'
  | 'Thoughts'
  | 'Other'
  | 'Tapedeck'

export interface Entry {
  id: string
  group: EntryGroup
  parts: SnippetPart[]
  where: string | null
  at: number | null
  target:
    | { sessionId: string; turnId: string | null; itemId?: string }
    | { command: 'newSession' | 'live' | 'sessions' | 'usage' | 'settings' | 'shortcuts' }
}

const groupOrder: EntryGroup[] = [
  'Recent',
  'Sessions',
  'Prompts',
  'Answers',
  'Commands and output',
  'Thoughts',
  'Other',
  'Tapedeck',
]

/** Everything the palette offers for a query, in groups, in the order shown. `sessions` are ordered, newest first. */
export function listEntries(query: string, sessions: Session[], hits: SearchHit[]): Entry[] {
  const wanted = query.trim().toLowerCase()
  const entries: Entry[] = [
    ...(wanted === ''
      ? sessions.slice(0, 8).map((session) => describeSession(session, 'Recent', wanted))
      : sessions
          .filter((session) => session.title.toLowerCase().includes(wanted))
          .slice(0, 5)
          .map((session) => describeSession(session, 'Sessions', wanted))),
    ...hits.map(describeHit),
    ...commands.filter((entry) => wanted === '' || textOf(entry).toLowerCase().includes(wanted)),
  ]
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => groupOrder.indexOf(a.entry.group) - groupOrder.indexOf(b.entry.group) || a.index - b.index)
    .map(({ entry }) => entry)
}

const commands: Entry[] = [
  {
    id: 'command newSession',
    group: 'Tapedeck',
    parts: plain('New session in a terminal'),
    where: null,
    at: null,
    target: { command: 'newSession' },
  },
  {
    id: 'command live',
    group: 'Tapedeck',
    parts: plain('Show what runs now'),
    where: null,
    at: null,
    target: { command: 'live' },
  },
  {
    id: 'command sessions',
    group: 'Tapedeck',
    parts: plain('Show all sessions'),
    where: null,
    at: null,
    target: { command: 'sessions' },
  },
  {
    id: 'command usage',
    group: 'Tapedeck',
    parts: plain('Show usage and cost over time'),
    where: null,
    at: null,
    target: { command: 'usage' },
  },
  {
    id: 'command settings',
    group: 'Tapedeck',
    parts: plain('Settings'),
    where: null,
    at: null,
    target: { command: 'settings' },
  },
  {
    id: 'command shortcuts',
    group: 'Tapedeck',
    parts: plain('Keyboard shortcuts'),
    where: null,
    at: null,
    target: { command: 'shortcuts' },
  },
]

function describeSession(session: Session, group: EntryGroup, wanted: string): Entry {
  return {
    id: `session ${session.id}`,
    group,
    parts: markIn(session.title || 'Untitled', wanted),
    where: session.cwd,
    at: session.updatedAt,
    target: { sessionId: session.id, turnId: null },
  }
}

function describeHit(hit: SearchHit, index: number): Entry {
  return {
    id: `hit ${index} ${hit.itemId}`,
    group: groupOf(hit.type),
    parts: readSnippet(hit.snippet.replace(/\s+/g, ' ').trim()),
    where: hit.sessionTitle,
    at: hit.at,
    target: { sessionId: hit.sessionId, turnId: hit.turnId, itemId: hit.itemId },
  }
}

function groupOf(type: string): EntryGroup {
  switch (type) {
    case 'userMessage':
      return 'Prompts'
    case 'assistantMessage':
      return 'Answers'
    case 'toolCall':
      return 'Commands and output'
    case 'reasoning':
      return 'Thoughts'
    default:
      return 'Other'
  }
}

function markIn(text: string, wanted: string): SnippetPart[] {
  const start = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted)
  if (start === -1) return plain(text)
  const end = start + wanted.length
  return [
    { text: text.slice(0, start), isHit: false },
    { text: text.slice(start, end), isHit: true },
    { text: text.slice(end), isHit: false },
  ].filter((part) => part.text !== '')
}

function plain(text: string): SnippetPart[] {
  return [{ text, isHit: false }]
}

function textOf(entry: Entry): string {
  return entry.parts.map((part) => part.text).join('')
}
