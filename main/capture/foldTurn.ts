import type { Exchange, Status } from '../../contract/domain/exchange.ts'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import { attachOutput, attachOwnResult, attachPictures, isViewing } from './attachOutput.ts'
import { asText } from './json.ts'
import { contentText } from './messageText.ts'
import { readPrompts } from './prompts.ts'
import type { DerivedTurn, OutputItem, ReducedExchange, ResponseItem } from './reduced.ts'
import { isToolCall, isToolOutput, readDeed, readOutput } from './toolCall.ts'

/**
 * A turn out of its exchanges, in the order in which they started: retries, tool results and compactions included. Null when
 * they asked the model for nothing. `isOver`: nothing more will come, so that a call without an output stays without one.
 */
export function foldTurn(exchanges: ReducedExchange[], { isOver }: { isOver: boolean }): DerivedTurn | null {
  const asked = exchanges.filter(({ exchange }) => exchange.kind === 'turn' || exchange.kind === 'compaction')
  const first = asked[0]
  const last = asked.at(-1)
  if (!first || !last || last.exchange.turnId === null) return null
  const items = createItems()
  asked.forEach((reduced, at) => {
    items.takeInput(reduced)
    items.takeOutput(reduced, asked.slice(at + 1))
  })
  const status = statusOf(last, items.isAwaiting(last.exchange.id), isOver)
  const list = items.list(status !== 'live')
  return {
    id: last.exchange.turnId,
    threadId: last.thread.id,
    sessionId: last.exchange.sessionId,
    prompt: list.find((item) => item.type === 'userMessage')?.text ?? '',
    status,
    startedAt: first.exchange.startedAt,
    endedAt: status === 'live' ? null : last.exchange.startedAt + (last.exchange.durationMs ?? 0),
    model: last.exchange.model ?? asked.findLast(({ exchange }) => exchange.model)?.exchange.model ?? null,
    usage: exchanges.reduce((sum, { exchange }) => addUsage(sum, exchange.usage ?? noUsage), noUsage),
    items: list,
    exchanges: exchanges.map(({ exchange }) => exchange),
  }
}

function statusOf(last: ReducedExchange, isWaiting: boolean, isOver: boolean): Status {
  const { status, kind } = last.exchange
  if (status !== 'completed') return status
  // After a compaction in the middle of a turn the turn goes on, and codex says so only by going on.
  if (isWaiting && kind === 'turn') return isOver ? 'aborted' : 'live'
  return 'completed'
}

function createItems() {
  const items: Item[] = []
  const calls = new Map<string, ToolCall>()
  /** When a call was complete: from then on it runs. */
  const calledAt = new Map<string, number>()
  /** The exchanges of the calls that codex has not answered. */
  const awaited = new Map<string, string>()
  const outputs = new Set<string>()
  const prompts = new Set<string>()
  /** A request without increments sends everything again, and equal items are the same object while they are remembered. */
  const attached = new Set<ResponseItem>()

  function takeInput(reduced: ReducedExchange): void {
    const { exchange, input } = reduced
    for (const { index, ...said } of readPrompts(reduced)) {
      if (said.text === '' && takeViewed(reduced, index)) continue
      const key = asText(input[index]?.id) ?? said.text
      if (prompts.has(key)) continue
      prompts.add(key)
      const id = `${exchange.id}.input.${index}`
      items.push({ id, exchangeId: exchange.id, at: exchange.startedAt, type: 'userMessage', ...said })
    }
    for (const [index, item] of input.entries()) {
      if (!attached.has(item) && isToolOutput(item) && attach(item, index, exchange)) attached.add(item)
    }
  }

  /** Older versions of codex hand over what `view_image` read as a message in the user's name, right behind the call's output. */
  function takeViewed({ exchange, input }: ReducedExchange, index: number): boolean {
    const callId = asText(input[index - 1]?.call_id)
    const call = callId === null ? undefined : calls.get(callId)
    if (!call || !isViewing(call)) return false
    const key = `${callId} pictures`
    if (!outputs.has(key)) {
      attachPictures(call, input[index] as ResponseItem, { exchangeId: exchange.id, side: 'input', index })
    }
    outputs.add(key)
    return true
  }

  /** False when nothing called for it: what the call was may stand in an exchange that is not known. */
  function attach(item: ResponseItem, index: number, exchange: Exchange): boolean {
    const callId = asText(item.call_id)
    const call = callId === null ? undefined : calls.get(callId)
    if (callId === null || !call) return false
    const key = asText(item.id) ?? `${callId} ${readOutput(item).output}`
    if (outputs.has(key)) return true
    outputs.add(key)
    awaited.delete(callId)
    attachOutput(call, item, { exchangeId: exchange.id, side: 'input', index })
    call.durationMs ??= Math.max(0, exchange.startedAt - (calledAt.get(callId) ?? exchange.startedAt))
    return true
  }

  function takeOutput({ exchange, output }: ReducedExchange, later: ReducedExchange[]): void {
    const { id: exchangeId, status } = exchange
    const isBroken = status === 'failed' || status === 'cut' || status === 'aborted'
    output.forEach((entry, index) => {
      // What a broken answer had finished codex keeps, and sends again as a part of the history; the rest comes anew.
      if (isBroken && later.length > 0 && !(entry.doneAt !== null && isSentAgain(entry.item, later))) return
      const base = { id: `${exchangeId}.${index}`, exchangeId, at: entry.at }
      items.push(exchange.kind === 'compaction' ? toCompaction(entry.item, base) : toItem(entry, base, index))
    })
    const endedAt = exchange.startedAt + (exchange.durationMs ?? 0)
    const base = { id: `${exchangeId}.error`, exchangeId, at: endedAt, type: 'error' as const }
    if (status === 'failed') {
      const { errorCode: code, errorMessage, limitResetsAt: resetsAt } = exchange
      const message = errorMessage ?? 'No reason was given.'
      items.push({ ...base, code, message, ...(resetsAt === undefined ? {} : { resetsAt }) })
    } else if (status === 'cut') {
      items.push({ ...base, code: 'cut', message: 'The answer broke off: its end never came.' })
    }
  }

  function toItem({ item, at, doneAt }: OutputItem, base: Pick<Item, 'id' | 'exchangeId' | 'at'>, index: number): Item {
    if (item.type === 'message') return { ...base, type: 'assistantMessage', text: contentText(item.content, '') }
    if (item.type === 'reasoning') {
      const text = contentText(item.summary, '\n\n') || contentText(item.content, '\n\n')
      return { ...base, type: 'reasoning', text, encrypted: asText(item.encrypted_content) !== null }
    }
    if (isCompaction(item)) return toCompaction(item, base)
    if (!isToolCall(item)) return { ...base, type: 'unknown', label: item.type, raw: item }
    const callId = asText(item.call_id) ?? asText(item.id) ?? base.id
    const call: ToolCall = {
      ...base,
      type: 'toolCall',
      callId,
      ...readDeed(item),
      output: null,
      status: statusOfCall(item, doneAt !== null),
      durationMs: isHosted(item) && doneAt !== null ? doneAt - at : null,
      exitCode: null,
    }
    if (isHosted(item)) attachOwnResult(call, item, { exchangeId: base.exchangeId, side: 'output', index })
    calls.set(callId, call)
    calledAt.set(callId, doneAt ?? at)
    if (!isHosted(item)) awaited.set(callId, base.exchangeId)
    return call
  }

  return {
    takeInput,
    takeOutput,
    /** Calls of earlier answers are no matter: the model has gone on without their outputs, or knows that they still run. */
    isAwaiting: (exchangeId: string) => [...awaited.values()].includes(exchangeId),
    list: (isOver: boolean) =>
      items.map((item): Item => {
        const isLost = isOver && item.type === 'toolCall' && item.status === 'running'
        return isLost ? { ...item, status: 'unknown' } : item
      }),
  }
}

/** Whether OpenAI runs it itself, so that no output of it is ever sent. */
function isHosted(item: ResponseItem): boolean {
  return !['function_call', 'custom_tool_call', 'local_shell_call'].includes(item.type) && item.execution !== 'client'
}

function statusOfCall(item: ResponseItem, isDone: boolean): ToolCall['status'] {
  if (!isHosted(item) || !isDone) return 'running'
  return item.status === 'failed' || item.status === 'incomplete' ? 'failed' : 'completed'
}

function isCompaction({ type }: ResponseItem): boolean {
  return type === 'compaction' || type === 'context_compaction' || type === 'compaction_summary'
}

function toCompaction(item: ResponseItem, base: Pick<Item, 'id' | 'exchangeId' | 'at'>): Item {
  const text = contentText(item.content, '') || contentText(item.summary, '\n\n')
  return { ...base, type: 'compaction', text }
}

function isSentAgain(item: ResponseItem, later: ReducedExchange[]): boolean {
  const id = asText(item.id)
  const callId = asText(item.call_id)
  return later.some(({ input }) =>
    input.some((sent) => {
      const sentId = asText(sent.id)
      if (sentId === null ? saysTheSame(item, sent) : sentId === id) return true
      return callId !== null && sent.call_id === callId
    }),
  )
}

/** Old versions of codex send no ids. */
function saysTheSame(item: ResponseItem, sent: ResponseItem): boolean {
  if (item.type !== sent.type) return false
  if (item.type === 'reasoning')
    return asText(item.encrypted_content) !== null && item.encrypted_content === sent.encrypted_content
  return (
    item.type === 'message' &&
    sent.role === 'assistant' &&
    contentText(item.content, '') === contentText(sent.content, '')
  )
}
