import { asArray, asObject, asText } from './json.ts'
import { contentText, messageText } from './messageText.ts'
import { type PromptContent, readPromptContent } from './promptContent.ts'
import type { ReducedExchange, ResponseItem } from './reduced.ts'

export interface Prompt extends PromptContent {
  /** Where it stands in the exchange's input. */
  index: number
}

/** What codex writes into the conversation in the user's name. */
const contextOpenings =
  /^\s*(<(environment_context|user_instructions|INSTRUCTIONS|turn_aborted|skill|user_shell_command|subagent_notification|hook_prompt)\b|# AGENTS\.md instructions)/

/**
 * What the user said in this turn, as far as one request of it tells. Codex marks who a part comes from; versions that do not
 * are read by position: what stands behind the model's last word, and is not codex's own context, is the user's.
 */
export function readPrompts({ exchange, input }: ReducedExchange): Prompt[] {
  const boundary = exchange.previousResponseId === null ? input.findLastIndex(endsEarlierTalk) : -1
  return input.flatMap((item, index): Prompt[] => {
    if (item.type === 'agent_message') {
      const text = isOfTurn(item, exchange.turnId) ? readTask(item) : null
      return text === null ? [] : [{ index, text, images: [] }]
    }
    if (item.type !== 'message' || item.role !== 'user') return []
    const marked = readMarks(item)
    const isPrompt = marked
      ? marked.isByUser && (marked.turnId === null || marked.turnId === exchange.turnId)
      : index > boundary && !contextOpenings.test(messageText(item))
    if (!isPrompt) return []
    const prompt = { index, ...readPromptContent(item) }
    return prompt.text === '' && prompt.images.length === 0 ? [] : [prompt]
  })
}

function endsEarlierTalk(item: ResponseItem): boolean {
  if (item.type === 'message') return item.role === 'assistant' || /^\s*<turn_aborted\b/.test(messageText(item))
  return item.type !== 'additional_tools'
}

/** Whether codex says that the user wrote it. Older versions say nothing. */
export function isMarkedAsUsers(item: ResponseItem): boolean {
  return readMarks(item)?.isByUser ?? false
}

interface Marks {
  turnId: string | null
  isByUser: boolean
}

function readMarks(item: ResponseItem): Marks | null {
  const metadata = asObject(item.internal_chat_message_metadata_passthrough)
  const kinds = asArray(metadata?.content_item_kinds)
  if (!metadata || kinds.length === 0) return null
  return {
    turnId: asText(metadata.turn_id),
    isByUser: kinds.some((kind) => typeof kind === 'string' && kind.startsWith('user.')),
  }
}

function isOfTurn(item: ResponseItem, turnId: string | null): boolean {
  return asText(asObject(item.internal_chat_message_metadata_passthrough)?.turn_id) === turnId
}

/** A sub-agent is asked by another agent, in words that may be encrypted for the model alone. */
function readTask(item: ResponseItem): string | null {
  const text = contentText(item.content, '')
  const [, type] = /^Message Type: (\w+)$/m.exec(text) ?? []
  if (type !== 'NEW_TASK' && type !== 'FOLLOWUP_TASK' && type !== 'MESSAGE') return null
  const [, payload = ''] = /^Payload:\n([\s\S]*)$/m.exec(text) ?? []
  const [, name] = /^Task name: (.+)$/m.exec(text) ?? []
  return payload.trim() || (name ?? 'A task for the model alone')
}
