export type InputItem = { type: string } & Record<string, unknown>

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

/** The builders that scenarios are written with. An item alone is an answer too. */

export const say = (text: string, how: Pace & { phase?: 'commentary' | 'final_answer' } = {}): AnswerItem => ({
  kind: 'say',
  text,
  ...how,
})
export const think = (text: string, pace: Pace = {}): AnswerItem => ({ kind: 'think', text, ...pace })
/** A shell command as the classic models call it. */
export const shell = (cmd: string): AnswerItem => ({ kind: 'call', name: 'exec_command', input: { cmd } })
/** A program of the code mode. */
export const exec = (javascript: string, pace: Pace = {}): AnswerItem => ({
  kind: 'custom',
  name: 'exec',
  input: javascript,
  ...pace,
})
export const applyPatch = (patch: string): AnswerItem => ({ kind: 'custom', name: 'apply_patch', input: patch })

/** The code-mode program that runs one command and shows what it printed. */
export const run = (cmd: string, pace: Pace = {}): AnswerItem =>
  exec(`const result = await tools.exec_command({ cmd: ${JSON.stringify(cmd)} });\ntext(result.output);`, pace)

/** The code-mode program that applies a patch. */
export const patch = (text: string, pace: Pace = {}): AnswerItem =>
  exec(`const patch = ${JSON.stringify(text)};\ntext(await tools.apply_patch(patch));`, pace)

/** Nothing comes for so long. */
export const wait = (ms: number): AnswerItem => ({ kind: 'wait', ms })

/** Starts a sub-agent, whose requests come with `subagent: 'collab_spawn'`. */
export const spawnAgent = (taskName: string, message: string): AnswerItem => ({
  kind: 'call',
  name: 'spawn_agent',
  namespace: 'collaboration',
  input: { task_name: taskName, message },
})

/** Waits for the sub-agents; the least that codex accepts is ten seconds, and it goes on as soon as one has finished. */
export const waitAgent = (): AnswerItem => ({
  kind: 'call',
  name: 'wait_agent',
  namespace: 'collaboration',
  input: { timeout_ms: 10_000 },
})

/** What codex wants for a request of the kind `compaction`: one item that stands for all that was said before. */
export const compaction = (): AnswerItem => ({
  kind: 'raw',
  item: { type: 'compaction', encrypted_content: 'gAAAA-a-summary-for-the-model' },
})

/** What codex wants for a request of the kind `title`. */
export const title = (text: string): AnswerItem => say(JSON.stringify({ title: text }))

const usage = { input: 12_000, cached: 9_000, output: 240, reasoning: 64 }

export function answer(...items: AnswerItem[]): PlayedAnswer {
  return { type: 'answer', items, end: 'completed', paceMs: 0, cutAfter: null, usage }
}

export function fail(code: string, message: string): PlayedAnswer {
  return { ...answer(), end: { failed: { code, message } } }
}

export function incomplete(reason: string, ...items: AnswerItem[]): PlayedAnswer {
  return { ...answer(...items), end: { incomplete: reason } }
}

/**
 * Sends so many of the answer's events, then drops the connection; -1 leaves out the last one alone.
 *
 * Codex keeps each item that was done before the cut and sends it along when it asks again: that request has another input,
 * and its `attempt` is 1 again. Its `step` is not.
 */
export function cutAfter(played: PlayedAnswer | AnswerItem, events: number): PlayedAnswer {
  return { ...('kind' in played ? answer(played) : played), cutAfter: events }
}

/** As `cutAfter`, but over a WebSocket what is still on its way is lost too, as when a connection is reset. */
export function cut(played: PlayedAnswer, events: number): PlayedAnswer {
  return { ...cutAfter(played, events), losesFrames: true }
}

export function paced(played: PlayedAnswer, paceMs: number): PlayedAnswer {
  return { ...played, paceMs }
}

export function httpError(status: number, error: object, headers: Record<string, string> = {}): HttpError {
  return { type: 'httpError', status, body: { error }, headers }
}

export function usageLimit(): HttpError {
  return httpError(429, {
    type: 'usage_limit_reached',
    message: 'The usage limit has been reached',
    plan_type: 'plus',
    resets_at: Math.floor(Date.now() / 1000) + 3600,
  })
}
