import { messageText } from './messageText.ts'
import type { ResponseItem } from './reduced.ts'

/** A live exchange is looked at each time that something of its answer comes, and what it sent stays as it is. */
const known = new WeakMap<ResponseItem[], { cwd: string | null }>()

/** The working folder, from what codex tells the model about its surroundings; the last word counts. */
export function readCwd(input: ResponseItem[]): string | null {
  const found = known.get(input) ?? { cwd: read(input) }
  known.set(input, found)
  return found.cwd
}

function read(input: ResponseItem[]): string | null {
  for (const item of input.toReversed()) {
    if (item.type !== 'message') continue
    const [, cwd] = /^\s*<environment_context>[\s\S]*?<cwd>([^<]+)<\/cwd>/.exec(messageText(item)) ?? []
    if (cwd !== undefined) return cwd
  }
  return null
}
