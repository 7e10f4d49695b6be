import type { AccountMode } from './account.ts'
import type { Status } from './exchange.ts'

/** Everything that stands before a colon, in the order in which it is offered, with what it narrows to and an example. */
export const searchKeys = {
  model: { meaning: 'part of a model’s name, or =all of it', example: 'model:gpt-5' },
  cwd: { meaning: 'the working folder, or a part of its path', example: 'cwd:api' },
  tool: { meaning: 'calls of a tool, by how its name begins', example: 'tool:exec_command' },
  status: { meaning: 'how it ended', example: 'status:failed' },
  account: { meaning: 'what paid for it', example: 'account:chatgpt' },
  after: { meaning: 'at this time or later', example: 'after:2026-11-24' },
  before: { meaning: 'before this time', example: 'before:yesterday' },
  has: { meaning: 'edits or errors', example: 'has:edits' },
  tag: { meaning: 'one of your tags', example: 'tag:later' },
  is: { meaning: 'starred', example: 'is:starred' },
} as const
export type SearchKey = keyof typeof searchKeys

/** What may stand behind a key that takes one of a few words; the first of those that mean the same is the one that is offered. */
export const statusWords: Record<string, Status> = {
  live: 'live',
  completed: 'completed',
  failed: 'failed',
  aborted: 'aborted',
  cut: 'cut',
  running: 'live',
  stopped: 'aborted',
}
export const accountWords: Record<string, AccountMode> = { chatgpt: 'chatgpt', key: 'apiKey', apikey: 'apiKey' }
export const hasWords = { edits: 'edits', errors: 'errors' } as const
export const isWords = { starred: 'starred' } as const

/** What others call it, so that an error can say what is meant. */
const otherNames: Record<string, SearchKey> = {
  project: 'cwd',
  folder: 'cwd',
  dir: 'cwd',
  path: 'cwd',
  repo: 'cwd',
  since: 'after',
  from: 'after',
  until: 'before',
  to: 'before',
  date: 'after',
  state: 'status',
  label: 'tag',
  tags: 'tag',
}

export function isSearchKey(name: string): name is SearchKey {
  return Object.hasOwn(searchKeys, name)
}

/** The key that somebody most likely meant by a name that is none. */
export function nearestKey(name: string): SearchKey | null {
  if (Object.hasOwn(otherNames, name)) return otherNames[name] ?? null
  const keys = Object.keys(searchKeys) as SearchKey[]
  return keys.find((key) => key[0] === name[0] && countEdits(key, name) <= Math.floor(key.length / 2)) ?? null
}

/** Letters to put in, take out or change. Two neighbours that changed places are two. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
