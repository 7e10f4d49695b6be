import { messageText } from './messageText.ts'
import type { ResponseItem } from './reduced.ts'

/** The working folder, from what codex tells the model about its surroundings; the last word counts. */
export function readCwd(input: ResponseItem[]): string | null {
  for (const item of input.toReversed()) {
    if (item.type !== 'message') continue
    const [, cwd] = /^\s*<environment_context>[\s\S]*?<cwd>([^<]+)<\/cwd>/.exec(messageText(item)) ?? []
    if (cwd !== undefined) return cwd
  }
  return null
}
