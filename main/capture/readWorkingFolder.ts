import { messageText } from './messageText.ts'
import { isMarkedAsUsers } from './prompts.ts'
import type { ResponseItem } from './reduced.ts'

/** A live exchange is looked at each time that something of its answer comes, and what it sent stays as it is. */
const known = new WeakMap<ResponseItem[], { folder: string | null }>()

/** From what codex tells the model about its surroundings; the last word counts, as it tells of each change. */
export function readWorkingFolder(input: ResponseItem[]): string | null {
  const found = known.get(input) ?? { folder: read(input) }
  known.set(input, found)
  return found.folder
}

function read(input: ResponseItem[]): string | null {
  for (const item of input.toReversed()) {
    // A session goes on in that folder: no words of a model, or pasted by the user, may choose it.
    if (item.type !== 'message' || item.role !== 'user' || isMarkedAsUsers(item)) continue
    const [, folder] = /^\s*<environment_context>[\s\S]*?<cwd>([^<]+)<\/cwd>/.exec(messageText(item)) ?? []
    if (folder !== undefined) return unescapeXml(folder)
  }
  return null
}

/** Codex writes a name in there as XML has it, from 0.171 on at the latest: these five, each once, and nothing else. */
function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name] as string)
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
