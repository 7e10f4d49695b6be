import type { Status } from '../../contract/domain/exchange.ts'
import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import type { Lane } from './layOutConversation.ts'

export interface LaneSummary {
  /** The task's own name, else the kind of agent. */
  name: string
  /** What it was asked for; null when only the model can read it. */
  task: string | null
  status: Status
  /** The calls that it made. */
  stepCount: number
  tokens: number
  /** The time that its turns took; of one that lives, without the turn that runs. */
  durationMs: number
  /** When the turn began that runs now. */
  liveSince: number | null
}

/** A lane in one line. `parent`: the turn that it lies in. */
export function summarizeLane({ thread, turns }: Lane, parent: Turn): LaneSummary {
  const own = turns.map(({ turn }) => turn)
  const live = own.findLast(({ status }) => status === 'live')
  const prompt = own.find((turn) => turn.prompt !== '')?.prompt ?? ''
  const spawn = findSpawn(parent, thread.id, prompt)
  const asked = isPath(prompt) ? '' : prompt
  return {
    name: spawn?.taskName ?? (isPath(prompt) ? lastPart(prompt) : nameKind(thread.subagent)),
    task: firstWords(spawn?.message ?? asked),
    status: live ? 'live' : (own.at(-1)?.status ?? 'completed'),
    stepCount: own.reduce((sum, { items }) => sum + items.filter(({ type }) => type === 'toolCall').length, 0),
    tokens: own.reduce((sum, { usage }) => sum + usage.totalTokens, 0),
    durationMs: own.reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? startedAt) - startedAt), 0),
    liveSince: live?.startedAt ?? null,
  }
}

/** What codex calls the kind of an agent that does a task is no name for people. */
export function nameKind(subagent: string | null): string {
  return subagent === null || subagent === 'collab_spawn' ? 'agent' : subagent
}

interface Spawn {
  taskName: string | null
  message: string | null
}

/** The call that started it, by the name of the task or by the id of the thread that it got back. */
function findSpawn(parent: Turn, threadId: string, prompt: string): Spawn | null {
  for (const item of parent.items) {
    if (item.type !== 'toolCall' || !mentionsSpawn(item)) continue
    const used = item.uses ?? [item]
    for (const { name, input } of used) {
      if (!spawning.test(name)) continue
      const spawn = readSpawn(input)
      const isNamed = spawn.taskName !== null && isPath(prompt) && lastPart(prompt) === spawn.taskName
      const isReturned = used.length === 1 && (item.output?.includes(threadId) ?? false)
      if (isNamed || isReturned) return spawn
    }
  }
  return null
}

const spawning = /(?:^|[._])spawn_agent$/

function mentionsSpawn({ name, uses }: ToolCall): boolean {
  return spawning.test(name) || (uses?.some((use) => spawning.test(use.name)) ?? false)
}

function readSpawn(input: string): Spawn {
  try {
    const { task_name: name, message } = (JSON.parse(input) ?? {}) as Record<string, unknown>
    return {
      taskName: typeof name === 'string' && name.trim() !== '' ? name.trim() : null,
      // To the server the message is sent encrypted, and then it is one long word.
      message: typeof message === 'string' && /\S\s+\S/.test(message.trim()) ? message : null,
    }
  } catch {
    return { taskName: null, message: null }
  }
}

/** `/root/count_files`: where the prompt is for the model alone, the name of the task is all that is known of it. */
function isPath(prompt: string): boolean {
  return /^\/[^\s/]+(?:\/[^\s/]+)*$/.test(prompt.trim())
}

function lastPart(path: string): string {
  return path.trim().split('/').at(-1) ?? path
}

function firstWords(text: string): string | null {
  const line = text.trim().replace(/\s+/g, ' ').slice(0, 300)
  return line === '' ? null : line
}
