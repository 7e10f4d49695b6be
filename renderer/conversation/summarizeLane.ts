import type { Status } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { Lane } from './layOutConversation.ts'
import { findSpawn, isPath, lastPart } from './spawnOf.ts'

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

function firstWords(text: string): string | null {
  const line = text.trim().replace(/\s+/g, ' ').slice(0, 300)
  return line === '' ? null : line
}
