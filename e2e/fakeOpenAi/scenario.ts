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

export type InputItem = { type: string } & Record<string, unknown>

/** Answers each request of the model; what it returns is played as the real one would send it. */
export type Scenario = (request: ModelRequest) => Answer | AnswerItem | Promise<Answer | AnswerItem>

/** How fast the pieces of an item come. */
export interface Pace {
  /** The pieces that it comes in; made of a few words each unless given. */
  chunks?: string[]
  /** Before each piece. */
  delayMs?: number
  /** The second half of the pieces comes only after this. */
  restAfter?: Promise<void>
}

export type AnswerItem =
  | ({ kind: 'say'; text: string; phase?: 'commentary' | 'final_answer' } & Pace)
  | ({ kind: 'think'; text: string } & Pace)
  | ({ kind: 'call'; name: string; namespace?: string; input: object } & Pace)
  | ({ kind: 'custom'; name: string; input: string } & Pace)
  | { kind: 'raw'; item: InputItem }
  | { kind: 'wait'; ms: number }

export interface Tokens {
  input: number
  cached: number
  output: number
  reasoning: number
}

export type Answer = PlayedAnswer | HttpError

export interface PlayedAnswer {
  type: 'answer'
  items: AnswerItem[]
  end: 'completed' | { failed: { code: string; message: string } } | { incomplete: string }
  /** Between two events; 0 sends all at once. */
  paceMs: number
  /** Breaks the connection after so many events. */
  cutAfter: number | null
  /** Over a WebSocket the break takes along what is still on its way. */
  losesFrames?: boolean
  usage: Tokens
}

/** An answer that is no stream: over a WebSocket it comes as an error frame with this status. */
export interface HttpError {
  type: 'httpError'
  status: number
  body: object
  headers: Record<string, string>
}
