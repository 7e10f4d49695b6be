import type { Session } from './session.ts'
import { noUsage } from './usage.ts'

/** For tests: a session in which nothing is worth a word, but for what the test says of it. */
export function sampleSession(id: string, more: Partial<Session> = {}): Session {
  return {
    id,
    title: id,
    cwd: null,
    startedAt: 1_000,
    updatedAt: 2_000,
    status: 'completed',
    model: null,
    accountMode: null,
    credential: null,
    turnCount: 1,
    exchangeCount: 1,
    usage: noUsage,
    apiEquivalentUsd: null,
    durationMs: 0,
    hasEdits: false,
    hasErrors: false,
    errorMessage: null,
    isStarred: false,
    tags: [],
    note: '',
    threads: [],
    seq: 1,
    ...more,
  }
}
