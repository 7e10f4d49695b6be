import type { ToolCall, Turn } from '../../contract/domain/turn.ts'

export interface Spawn {
  /** The call that started it. */
  call: ToolCall
  taskName: string | null
  message: string | null
}

/** The call that started it, by the name of the task or by the id of the thread that it got back. */
export function findSpawn(parent: Turn, threadId: string, prompt: string): Spawn | null {
  for (const item of parent.items) {
    if (item.type !== 'toolCall' || !mentionsSpawn(item)) continue
    const used = item.uses ?? [item]
    for (const { name, input } of used) {
      if (!spawning.test(name)) continue
      const spawn = readSpawn(input)
      const isNamed = spawn.taskName !== null && isPath(prompt) && lastPart(prompt) === spawn.taskName
      const isReturned = used.length === 1 && (item.output?.includes(threadId) ?? false)
      if (isNamed || isReturned) return { call: item, ...spawn }
    }
  }
  return null
}

/** The tool by which an agent starts another. */
export const spawning = /(?:^|[._])spawn_agent$/

function mentionsSpawn({ name, uses }: ToolCall): boolean {
  return spawning.test(name) || (uses?.some((use) => spawning.test(use.name)) ?? false)
}

export function readSpawn(input: string): Omit<Spawn, 'call'> {
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
export function isPath(prompt: string): boolean {
  return /^\/[^\s/]+(?:\/[^\s/]+)*$/.test(prompt.trim())
}

export function lastPart(path: string): string {
  return path.trim().split('/').at(-1) ?? path
}
