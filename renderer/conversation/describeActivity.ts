import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'

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
  if (running) return { text: 'runs', code: summarizeCall(running) }
  return { text: describeLast(last), code: null }
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

export function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
