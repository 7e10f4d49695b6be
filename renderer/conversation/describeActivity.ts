import { filesOf, nameCall } from '../../contract/domain/openCall.ts'
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
  if (running?.patch != null && running.commands.length === 0) {
    return { text: 'wants to edit', code: filesOf(running.patch).join(', ') }
  }
  if (running) return describeCall(running)
  return { text: describeLast(last), code: null }
}

function describeCall(call: ToolCall): Activity {
  const use = readUse(call.name, call.input)
  if (use?.kind === 'spawn') return { text: 'starts a sub-agent', code: null }
  if (use?.kind === 'agents') return { text: 'waits for its sub-agents', code: null }
  return { text: 'runs', code: nameCall(call) }
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
