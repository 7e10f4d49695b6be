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
    if (cwd !== undefined) return unescapeXml(cwd)
  }
  return null
}

/** Codex writes a name in there as XML has it, from 0.171 on at the latest: these five, each once, and nothing else. */
function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name] as string)
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
