import type { Answer, AnswerItem, InputItem } from './answers.ts'

export * from './answers.ts'

/** What codex asks the model, however it came: over a WebSocket in increments, or whole in one POST. */
export interface ModelRequest {
  kind: 'turn' | 'title' | 'compaction'
  upstream: 'chatgpt' | 'openai'
  transport: 'websocket' | 'sse'
  model: string
  threadId: string
  sessionId: string
  turnId: string
  /** The name of the sub-agent's kind; null for the thread that the user talks to. */
  subagent: string | null
  /** The whole context, increments put together again. */
  input: InputItem[]
  /** The user's last words. */
  prompt: string
  /** What the last tool gave back, if nothing came after it. */
  lastOutput: string | null
  /** Counts the requests of one turn that carry the same input, from 1. */
  attempt: number
  /** Counts the requests of one turn, from 1. */
  step: number
}

/** Answers each request of the model; what it returns is played as the real one would send it. */
export type Scenario = (request: ModelRequest) => Answer | AnswerItem | Promise<Answer | AnswerItem>
