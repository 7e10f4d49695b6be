import { nameCall } from '../../contract/domain/openCall.ts'
import { plainMarkdown } from '../../contract/domain/plainMarkdown.ts'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { hasFailed } from '../conversation/hasFailed.ts'
import { readUse } from '../conversation/readUse.ts'
import { splitThought } from '../conversation/splitThought.ts'
import { describeCall } from '../search/describeCall.ts'
import { endOfMarkdown } from '../ui/endOfMarkdown.ts'

/** The end of what Codex said in a turn, in Markdown: what came before the last message too, so that no card shrinks with a new one. */
export function lastWords(turn: Turn): string {
  const texts: string[] = []
  let length = 0
  for (let at = turn.items.length - 1; at >= 0 && length < mostWords; at -= 1) {
    const item = turn.items[at] as Item
    if (item.type !== 'assistantMessage') continue
    const text = item.text.trim()
    if (text === '') continue
    texts.unshift(text)
    length += text.length
  }
  return endOfMarkdown(texts.join('\n\n'), mostWords)
}

/** More than a card has room for, and little enough to be parsed with each word that comes. */
const mostWords = 1_200

export type StepOutcome = 'done' | 'failed' | 'running' | 'unknown'

/** Something that was done on the way: a call, or a thought by what it was about. */
export interface Step {
  id: string
  /** Null of a thought. */
  outcome: StepOutcome | null
  text: string
  isCode: boolean
  /** How it failed, where that is known. */
  end: string | null
  at: number
  durationMs: number | null
}

/** The last of them, oldest first, without the call that the card tells of as what happens now. */
export function lastSteps(turn: Turn, most: number): Step[] {
  const now = turn.status === 'live' ? turn.items.findLast(isRunning) : undefined
  const steps: Step[] = []
  for (let at = turn.items.length - 1; at >= 0 && steps.length < most; at -= 1) {
    const item = turn.items[at] as Item
    const step = item === now ? null : readStep(item, turn)
    if (step !== null) steps.unshift(step)
  }
  return steps
}

function isRunning(item: Item): boolean {
  return item.type === 'toolCall' && item.status === 'running'
}

function readStep(item: Item, turn: Turn): Step | null {
  if (item.type === 'toolCall') return readCall(item, turn)
  if (item.type !== 'reasoning') return null
  const text = splitThought(item.text.trim()).summary
  return text === ''
    ? null
    : { id: item.id, outcome: null, text, isCode: false, end: null, at: item.at, durationMs: null }
}

function readCall(call: ToolCall, turn: Turn): Step {
  const hasEnded = call.status !== 'running' || turn.status !== 'live'
  const outcome = !hasEnded ? 'running' : hasFailed(call) ? 'failed' : call.status === 'completed' ? 'done' : 'unknown'
  const end = outcome !== 'failed' ? null : call.exitCode ? `exit ${call.exitCode}` : 'failed'
  return { id: call.id, outcome, ...describeStep(call), end, at: call.at, durationMs: call.durationMs }
}

function describeStep(call: ToolCall): Pick<Step, 'text' | 'isCode'> {
  const words = (...parts: (string | null | undefined)[]) => ({
    text: parts.filter(Boolean).join(' · '),
    isCode: false,
  })
  const use = readUse(call.name, call.input)
  switch (use?.kind) {
    case 'spawn':
      return words('Sub-agent', use.task ?? (use.message === null ? null : plainMarkdown(use.message)))
    case 'agents':
      return words('Waits for sub-agents', use.names.join(', '))
    case 'web':
      return words('Web search', use.searches[0] ?? use.pages[0] ?? use.patterns[0])
    case 'plan':
      return words('Plan', use.steps.find(({ status }) => status === 'doing')?.text)
  }
  const isOwn = call.commands.length > 0 || call.patch !== null || (call.uses ?? []).length > 0
  const named = isOwn ? null : describeCall(call.name)
  return named === null ? { text: nameCall(call), isCode: true } : words(named.name)
}
