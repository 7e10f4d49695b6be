import { type Played, playAnswer, sealOf } from './events.ts'
import type { Answer, ModelRequest, Scenario } from './scenario.ts'
import { type AnswerItem, answer, type HttpError, httpError, type InputItem } from './scenario.ts'

export interface ModelBody {
  model?: string
  input?: InputItem[]
  previous_response_id?: string
  generate?: boolean
  client_metadata?: Record<string, string>
}

/** What a request is answered with: events to be played, or an error as the upstream words it. */
export type Reply = { type: 'played'; played: Played; cutAfter: number | null; losesFrames: boolean } | HttpError

export type Way = Pick<ModelRequest, 'upstream' | 'transport'>

/** Understands requests of codex and asks the scenario what to answer. One for all sockets and posts. */
export function createModelApi(scenarioOf: () => Scenario) {
  const turns = new Map<string, { requests: number; attempts: Map<string, number> }>()

  function readRequest(body: ModelBody, input: InputItem[], way: Way): ModelRequest {
    const client = body.client_metadata ?? {}
    const metadata = JSON.parse(client['x-codex-turn-metadata'] ?? '{}') as Record<string, string>
    const turnId = client.turn_id ?? metadata.turn_id ?? ''
    const turn = turns.get(turnId) ?? { requests: 0, attempts: new Map() }
    turns.set(turnId, turn)
    const key = JSON.stringify(input.at(-1) ?? null)
    const attempt = (turn.attempts.get(key) ?? 0) + 1
    turn.attempts.set(key, attempt)
    turn.requests += 1
    const isTitle = metadata.thread_source === 'thread_title'
    return {
      ...way,
      kind: isTitle ? 'title' : metadata.request_kind === 'compaction' ? 'compaction' : 'turn',
      model: body.model ?? '',
      threadId: client.thread_id ?? metadata.thread_id ?? '',
      sessionId: client.session_id ?? metadata.session_id ?? '',
      turnId,
      subagent: client['x-openai-subagent'] ?? null,
      input,
      prompt: textOf(input.findLast(isPrompt)),
      lastOutput: outputOf(input.at(-1)),
      attempt,
      step: turn.requests,
    }
  }

  async function ask(request: ModelRequest): Promise<Answer> {
    try {
      return asAnswer(await scenarioOf()(request))
    } catch (error) {
      // Codex gives up at once after a 400 and shows the body: the test sees what is wrong with its scenario.
      return httpError(400, { code: 'scenario_failed', message: `The scenario failed: ${error}` })
    }
  }

  return {
    async reply(body: ModelBody, input: InputItem[], way: Way): Promise<Reply> {
      const about = { ...way, model: body.model ?? '', previousResponseId: body.previous_response_id }
      if (body.generate === false) return playWhole(playAnswer(noWords, about))
      if (input.some((item) => isSealedElsewhere(item, way.upstream))) return unreadable
      const chosen = await ask(readRequest(body, input, way))
      if (chosen.type === 'httpError') return chosen
      const played = playAnswer(chosen, about)
      const { cutAfter, losesFrames = false } = chosen
      const isFromEnd = cutAfter !== null && cutAfter < 0
      return { ...playWhole(played), cutAfter: isFromEnd ? played.steps.length + cutAfter : cutAfter, losesFrames }
    },
  }
}

export type ModelApi = ReturnType<typeof createModelApi>

/** Reasoning is sealed by the account that thought it, and no other one can open it. */
function isSealedElsewhere(item: InputItem, upstream: Way['upstream']): boolean {
  return item.type === 'reasoning' && item.encrypted_content !== sealOf(upstream)
}

const unreadable = httpError(400, {
  type: 'invalid_request_error',
  code: 'invalid_encrypted_content',
  message: 'The encrypted content could not be verified. Reason: it was made for another organization.',
})

/** A prewarm is answered with a response that says and costs nothing. */
const noWords = { ...answer(), usage: { input: 0, cached: 0, output: 0, reasoning: 0 } }

const playWhole = (played: Played) => ({ type: 'played' as const, played, cutAfter: null, losesFrames: false })

const asAnswer = (chosen: Answer | AnswerItem): Answer => ('kind' in chosen ? answer(chosen) : chosen)

function isPrompt(item: InputItem): boolean {
  if (item.type === 'agent_message') return true
  const kinds = (item.internal_chat_message_metadata_passthrough as { content_item_kinds?: string[] } | undefined)
    ?.content_item_kinds
  const isByUser = kinds ? kinds.some((kind) => kind.startsWith('user.')) : !textOf(item).startsWith('<')
  return item.type === 'message' && item.role === 'user' && isByUser
}

function textOf(item: InputItem | undefined): string {
  const content = (item?.content ?? []) as { text?: string }[]
  return content.map(({ text }) => text ?? '').join('')
}

function outputOf(item: InputItem | undefined): string | null {
  if (!item?.type.endsWith('_call_output')) return null
  return typeof item.output === 'string' ? item.output : textOf({ type: 'message', content: item.output })
}
