import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { attachOutput, attachOwnResult, attachPictures, isViewing } from './attachOutput.ts'
import { asText } from './json.ts'
import { contentText } from './messageText.ts'
import { readPrompts } from './prompts.ts'
import type { KnownExchange, OutputItem, ReducedExchange, ResponseItem } from './reduced.ts'
import { isToolCall, isToolOutput, readDeed, readOutput } from './toolCall.ts'

export type TurnItems = ReturnType<typeof createTurnItems>

interface KnownCall {
  /** Where it stands among the items. */
  place: number
  /** When it was complete: from then on it runs. */
  calledAt: number
}

/**
 * The items of a turn while its exchanges are taken one after the other, and what is to be known of them for those to come. What was
 * done since the last `settle` can be undone. Items are never changed: what becomes of one takes its place.
 */
export function createTurnItems() {
  const items: Item[] = []
  const calls = new Map<string, KnownCall>()
  /** The exchanges of the calls that codex has not answered. */
  const awaited = new Map<string, string>()
  /** What was answered: by its id, else by the call and what it says. */
  const outputs = new Map<string, Set<string>>()
  const prompts = new Map<string, true>()
  /** A request without increments sends everything again, and equal items are the same object while they are remembered. */
  const attached = new WeakSet<ResponseItem>()
  /** Calls that the input which is just taken has changed: no one else has seen them so. */
  const changed = new Set<number>()
  let undoing: (() => void)[] = []

  function put<K, V>(map: Map<K, V>, key: K, value: V): void {
    const before = map.get(key)
    map.set(key, value)
    undoing.push(() => (before === undefined ? map.delete(key) : map.set(key, before)))
  }

  function remove<K, V>(map: Map<K, V>, key: K): void {
    const before = map.get(key)
    if (before === undefined) return
    map.delete(key)
    undoing.push(() => map.set(key, before))
  }

  function add(item: Item): void {
    items.push(item)
    undoing.push(() => items.pop())
  }

  /** Null when nothing called for it: what the call was may stand in an exchange that is not known. */
  function callOf(callId: string | null): (KnownCall & { call: ToolCall }) | null {
    const known = callId === null ? undefined : calls.get(callId)
    const call = known && items[known.place]
    return known && call?.type === 'toolCall' ? { ...known, call } : null
  }

  function changeCall(place: number, change: (call: ToolCall) => void): void {
    const before = items[place] as ToolCall
    if (!changed.has(place)) {
      changed.add(place)
      items[place] = { ...before, ...(before.parts && { parts: [...before.parts] }) }
      undoing.push(() => {
        items[place] = before
      })
    }
    change(items[place] as ToolCall)
  }

  function takeInput(reduced: ReducedExchange): void {
    const { exchange, input } = reduced
    changed.clear()
    for (const { index, ...said } of readPrompts(reduced)) {
      if (said.text === '' && takeViewed(reduced, index)) continue
      const key = asText(input[index]?.id) ?? said.text
      if (prompts.has(key)) continue
      put(prompts, key, true)
      const id = `${exchange.id}.input.${index}`
      add({ id, exchangeId: exchange.id, at: exchange.startedAt, type: 'userMessage', ...said })
    }
    for (const [index, item] of input.entries()) {
      if (attached.has(item) || !isToolOutput(item) || !attach(item, index, exchange)) continue
      attached.add(item)
      undoing.push(() => attached.delete(item))
    }
  }

  /** Older versions of codex hand over what `view_image` read as a message in the user's name, right behind the call's output. */
  function takeViewed({ exchange, input }: ReducedExchange, index: number): boolean {
    const callId = asText(input[index - 1]?.call_id)
    const known = callOf(callId)
    if (!known || !isViewing(known.call)) return false
    if (isNewOutput(`${callId} pictures`, '')) {
      const place = { exchangeId: exchange.id, side: 'input' as const, index }
      changeCall(known.place, (call) => attachPictures(call, input[index] as ResponseItem, place))
    }
    return true
  }

  /** Remembers it, too. */
  function isNewOutput(key: string, text: string): boolean {
    const known = outputs.get(key) ?? new Set()
    if (known.has(text)) return false
    outputs.set(key, known.add(text))
    undoing.push(() => known.delete(text))
    return true
  }

  function attach(item: ResponseItem, index: number, exchange: Exchange): boolean {
    const callId = asText(item.call_id)
    const known = callOf(callId)
    if (callId === null || !known) return false
    const id = asText(item.id)
    if (id === null ? !isNewOutput(callId, readOutput(item).output) : !isNewOutput(id, '')) return true
    remove(awaited, callId)
    changeCall(known.place, (call) => {
      attachOutput(call, item, { exchangeId: exchange.id, side: 'input', index })
      call.durationMs ??= Math.max(0, exchange.startedAt - known.calledAt)
    })
    return true
  }

  function takeOutput({ exchange }: KnownExchange, entry: OutputItem, index: number): void {
    const base = { id: `${exchange.id}.${index}`, exchangeId: exchange.id, at: entry.at }
    const item = exchange.kind === 'compaction' ? toCompaction(entry.item, base) : toItem(entry, base, index)
    if (item.type === 'toolCall') {
      put(calls, item.callId, { place: items.length, calledAt: entry.doneAt ?? entry.at })
      if (!isHosted(entry.item)) put(awaited, item.callId, exchange.id)
    }
    add(item)
  }

  /** How it ended, where that is no good end. */
  function takeEnd({ exchange }: KnownExchange): void {
    const { id: exchangeId, status } = exchange
    const endedAt = exchange.startedAt + (exchange.durationMs ?? 0)
    const base = { id: `${exchangeId}.error`, exchangeId, at: endedAt, type: 'error' as const }
    if (status === 'failed') {
      const { errorCode: code, errorMessage, limitResetsAt: resetsAt } = exchange
      const message = errorMessage ?? 'No reason was given.'
      add({ ...base, code, message, ...(resetsAt === undefined ? {} : { resetsAt }) })
    } else if (status === 'cut') {
      add({ ...base, code: 'cut', message: 'The answer broke off: its end never came.' })
    }
  }

  return {
    takeInput,
    takeOutput,
    takeEnd,

    /** How much there is to be undone by now. */
    mark: () => undoing.length,
    /** What was done since then is as if it had never been. */
    undoTo(mark: number): void {
      while (undoing.length > mark) undoing.pop()?.()
    },
    /** From now on nothing that was done before is undone any more. */
    settle(): void {
      undoing = []
    },

    /** Calls of earlier answers are no matter: the model has gone on without their outputs, or knows that they still run. */
    isAwaiting: (exchangeId: string) => [...awaited.values()].includes(exchangeId),
    list: (isOver: boolean): Item[] =>
      items.map((item) => {
        const isLost = isOver && item.type === 'toolCall' && item.status === 'running'
        return isLost ? { ...item, status: 'unknown' } : item
      }),
  }
}

type Base = Pick<Item, 'id' | 'exchangeId' | 'at'>

function toItem({ item, at, doneAt }: OutputItem, base: Base, index: number): Item {
  if (item.type === 'message') return { ...base, type: 'assistantMessage', text: contentText(item.content, '') }
  if (item.type === 'reasoning') {
    const text = contentText(item.summary, '\n\n') || contentText(item.content, '\n\n')
    return { ...base, type: 'reasoning', text, encrypted: asText(item.encrypted_content) !== null }
  }
  if (isCompaction(item)) return toCompaction(item, base)
  if (!isToolCall(item)) return { ...base, type: 'unknown', label: item.type, raw: item }
  const call: ToolCall = {
    ...base,
    type: 'toolCall',
    callId: asText(item.call_id) ?? asText(item.id) ?? base.id,
    ...readDeed(item),
    output: null,
    status: statusOfCall(item, doneAt !== null),
    durationMs: isHosted(item) && doneAt !== null ? doneAt - at : null,
    exitCode: null,
  }
  if (isHosted(item)) attachOwnResult(call, item, { exchangeId: base.exchangeId, side: 'output', index })
  return call
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

function toCompaction(item: ResponseItem, base: Base): Item {
  const text = contentText(item.content, '') || contentText(item.summary, '\n\n')
  return { ...base, type: 'compaction', text }
}
