import { z } from 'zod'
import { firstLine } from './firstLine.ts'
import type { ToolCall } from './turn.ts'

/** A call that codex has not answered yet: it runs, or codex asks its user about it. The traffic looks the same. */
export const openCallSchema = z.object({
  /** Its command, the files that it would edit, or its name. */
  what: z.string(),
  /** When the model was done with it. */
  since: z.number(),
})
export type OpenCall = z.infer<typeof openCallSchema>

/** Few commands take longer, and a question to the user often does. */
export const longCallMs = 45_000
/** From here on it may just as well have been interrupted in codex, of which nothing is said before the next prompt. */
export const silentMs = 4 * 60_000

/** `mayWait`: codex may be asking its user. `silent`: that long ago that nobody can say whether it goes on. */
export type CallState = 'runs' | 'mayWait' | 'silent'

/** The one rule by which everything that shows an open call says what may be going on. */
export function judgeCall({ since }: OpenCall, now: number): CallState {
  const passed = now - since
  return passed >= silentMs ? 'silent' : passed >= longCallMs ? 'mayWait' : 'runs'
}

/** A call in one line: its command, the files that it edits, or its name. */
export function nameCall({
  commands,
  patch,
  name,
  uses,
}: Pick<ToolCall, 'commands' | 'patch' | 'name' | 'uses'>): string {
  const [first, ...others] = commands
  if (first !== undefined)
    return others.length === 0 ? firstLine(first) : `${firstLine(first)} and ${others.length} more`
  const files = patch === null ? [] : filesOf(patch)
  if (files.length > 0) return `edit of ${files.slice(0, mostFiles).join(', ')}${andMore(files.length - mostFiles)}`
  const used = [...new Set((uses ?? []).map((use) => use.name))]
  return used.length === 0 ? name : used.join(', ')
}

const mostFiles = 5

function andMore(count: number): string {
  return count > 0 ? ` and ${count} more` : ''
}

/** The files of a patch in codex's format, each once. */
export function filesOf(patch: string): string[] {
  return [
    ...new Set(
      [...patch.matchAll(/^\*\*\* (?:Update|Add|Delete) File: (.+?)\s*$/gm)].map(([, path]) => path as string),
    ),
  ]
}
