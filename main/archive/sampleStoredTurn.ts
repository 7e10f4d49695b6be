import type { Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import type { StoredTurn } from './readModel.ts'

/** For tests: a turn in which nothing happened, findable by nothing. */
export function sampleStoredTurn(id: string, sessionId: string, startedAt = 0): StoredTurn {
  const base = {
    id,
    threadId: sessionId,
    sessionId,
    prompt: '',
    status: 'completed' as const,
    startedAt,
    endedAt: null,
  }
  const turn: Turn = { ...base, model: null, usage: noUsage, items: [], exchanges: [], seq: 1 }
  return {
    turn,
    summary: {
      ...base,
      model: null,
      usage: noUsage,
      thread: { id: sessionId, parentThreadId: null, subagent: null, model: null },
      launchId: 'l',
      cwd: null,
      accountMode: null,
      credential: null,
      exchangeCount: 1,
      usageGroups: [],
      hasEdits: false,
      hasErrors: false,
      errorMessage: null,
    },
    documents: [],
  }
}
