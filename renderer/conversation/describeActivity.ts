import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'

import { readUse } from './readUse.ts'

export interface Activity {
  /** What happens now, as a part of a sentence. */
  text: string
  /** The command or tool that runs. */
  code: string | null
}

/** What a live turn is doing at this moment. */
export function describeActivity(turn: Turn): Activity {
  const last = turn.items.at(-1)
  const running = turn.items.findLast((item): item is ToolCall => item.type === 'toolCall' && item.status === 'running')
  if (running) return describeCall(running)
  return { text: describeLast(last), code: null }
}

function describeCall(call: ToolCall): Activity {
  const use = readUse(call.name, call.input)
  if (use?.kind === 'spawn') return { text: 'starts a sub-agent', code: null }
  if (use?.kind === 'agents') return { text: 'waits for its sub-agents', code: null }
  return { text: 'runs', code: summarizeCall(call) }
}

function describeLast(item: Item | undefined): string {
  switch (item?.type) {
    case 'assistantMessage':
      return 'writing the answer'
    case 'reasoning':
      return 'thinking'
    case 'toolCall':
      return 'reading the result'
    case 'compaction':
      return 'compacting the context'
    case 'error':
      return 'trying again'
    default:
      return 'waiting for the model'
  }
}

/** A call in one line: its command, the files it edits, or its name. */
export function summarizeCall(call: ToolCall): string {
  const [first, ...others] = call.commands
  if (first !== undefined)
    return others.length === 0 ? firstLine(first) : `${firstLine(first)} and ${others.length} more`
  return call.name
}

/** As much of it as any window has room for. */
export function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
}

const longestLine = 1_000

/** Whether a command is more than its first line shows. */
export function goesOn(command: string): boolean {
  return command.includes('\n') || command.length > longestLine
}
