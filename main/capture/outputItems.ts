import { asArray, asNumber, asObject, asText, type JsonObject } from './json.ts'
import type { OutputItem, ResponseItem } from './reduced.ts'

/** An item while it grows: what its deltas added is joined to it when somebody looks. */
interface Draft {
  index: number | null
  item: ResponseItem
  at: number
  doneAt: number | null
  /** By the list it belongs to and its place in there. */
  texts: Map<string, string>
  /** As it was listed last; null when it has changed since. */
  listed: OutputItem | null
}

type TextList = 'content' | 'summary'

/** Gathers the output items of one response from its events. */
export function createOutputItems() {
  let drafts: Draft[] = []
  let byId = new Map<string, Draft>()
  let byIndex = new Map<number, Draft>()

  /** By its id, else by its place, where the ids differ; what has neither belongs to the last item, while that is open. */
  function find(id: string | null, index: number | null, type: string): Draft | undefined {
    const known = id === null ? undefined : byId.get(id)
    if (known) return known
    if (index !== null) {
      const placed = byIndex.get(index)
      return placed?.doneAt === null ? placed : undefined
    }
    const last = drafts.at(-1)
    if (!last || last.doneAt !== null || last.item.type !== type) return undefined
    return id === null || asText(last.item.id) === null ? last : undefined
  }

  function keep(draft: Draft): void {
    drafts.push(draft)
    if (draft.index !== null) byIndex.set(draft.index, draft)
    const id = asText(draft.item.id)
    if (id !== null) byId.set(id, draft)
  }

  function open(item: ResponseItem, index: number | null, at: number): Draft {
    const draft: Draft = { index, item, at, doneAt: null, texts: new Map(), listed: null }
    keep(draft)
    return draft
  }

  /** The item that a delta belongs to; one that was never announced is opened as what its delta says it is. */
  function ofDelta(event: JsonObject, type: string, at: number): Draft {
    const id = asText(event.item_id)
    const index = asNumber(event.output_index)
    return find(id, index, type) ?? open({ type, ...(id === null ? {} : { id }) }, index, at)
  }

  function append(draft: Draft, key: string, delta: unknown): void {
    if (typeof delta === 'string') replace(draft, key, (draft.texts.get(key) ?? '') + delta)
  }

  /** An item that is done has said all. */
  function replace(draft: Draft, key: string, text: unknown): void {
    if (typeof text !== 'string' || draft.doneAt !== null) return
    draft.texts.set(key, text)
    draft.listed = null
  }

  return {
    /** False when the event is none of the output's. */
    take(event: JsonObject, at: number): boolean {
      switch (event.type) {
        case 'response.output_item.added': {
          const item = readItem(event.item)
          if (item && !byId.has(asText(item.id) ?? '')) open(item, asNumber(event.output_index), at)
          return true
        }
        case 'response.output_item.done': {
          const item = readItem(event.item)
          if (!item) return true
          const index = asNumber(event.output_index)
          const id = asText(item.id)
          const draft = find(id, index, item.type) ?? open(item, index, at)
          draft.item = item
          draft.doneAt = at
          draft.texts.clear()
          draft.listed = null
          if (id !== null) byId.set(id, draft)
          return true
        }
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          append(ofDelta(event, 'message', at), textKey('content', event.content_index), event.delta)
          return true
        case 'response.output_text.done':
          replace(ofDelta(event, 'message', at), textKey('content', event.content_index), event.text)
          return true
        case 'response.refusal.done':
          replace(ofDelta(event, 'message', at), textKey('content', event.content_index), event.refusal)
          return true
        case 'response.reasoning_summary_text.delta':
          append(ofDelta(event, 'reasoning', at), textKey('summary', event.summary_index), event.delta)
          return true
        case 'response.reasoning_summary_text.done':
          replace(ofDelta(event, 'reasoning', at), textKey('summary', event.summary_index), event.text)
          return true
        case 'response.reasoning_text.delta':
          append(ofDelta(event, 'reasoning', at), textKey('content', event.content_index), event.delta)
          return true
        case 'response.reasoning_text.done':
          replace(ofDelta(event, 'reasoning', at), textKey('content', event.content_index), event.text)
          return true
        case 'response.function_call_arguments.delta':
          append(ofDelta(event, 'function_call', at), 'arguments', event.delta)
          return true
        case 'response.function_call_arguments.done':
          replace(ofDelta(event, 'function_call', at), 'arguments', event.arguments)
          return true
        case 'response.custom_tool_call_input.delta':
          append(ofDelta(event, 'custom_tool_call', at), 'input', event.delta)
          return true
        case 'response.custom_tool_call_input.done':
          replace(ofDelta(event, 'custom_tool_call', at), 'input', event.input)
          return true
        default:
          return false
      }
    },

    /**
     * The output as the finished response lists it. chatgpt.com lists nothing, and a response that broke off not everything:
     * what was seen stands.
     */
    settle(output: unknown, at: number): void {
      const items = asArray(output).flatMap((value) => readItem(value) ?? [])
      const seen = drafts
      const ofItems = items.map((item) => byId.get(asText(item.id) ?? ''))
      const matched = new Set(ofItems)
      const settled = items.map((item, index): Draft => {
        const unplaced = seen[index]?.index === null ? seen[index] : undefined
        const atPlace = byIndex.get(index) ?? unplaced
        const known = ofItems[index] ?? (atPlace && !matched.has(atPlace) ? atPlace : undefined)
        matched.add(known)
        return { index, item, at: known?.at ?? at, doneAt: known?.doneAt ?? at, texts: new Map(), listed: null }
      })
      drafts = []
      byId = new Map()
      byIndex = new Map()
      for (const draft of [...settled, ...seen.filter((draft) => !matched.has(draft))]) keep(draft)
    },

    /** What has not changed since the last time is the same object. */
    list(): OutputItem[] {
      return drafts.map((draft) => {
        const { item, at, doneAt, texts } = draft
        draft.listed ??= { item: texts.size === 0 ? item : join(item, texts), at, doneAt }
        return draft.listed
      })
    },
  }
}

function readItem(value: unknown): ResponseItem | null {
  const item = asObject(value)
  return item && typeof item.type === 'string' ? (item as ResponseItem) : null
}

function textKey(list: TextList, index: unknown): string {
  return `${list} ${asNumber(index) ?? 0}`
}

/** Parts stand in the order of their places; a place is a claim of the server's, and may be any number. */
function join(item: ResponseItem, texts: Map<string, string>): ResponseItem {
  const joined: ResponseItem = { ...item }
  const lists = new Map<string, Map<number, unknown>>()
  for (const [key, text] of texts) {
    const [list, index] = key.split(' ') as [string, string | undefined]
    if (index === undefined) {
      joined[list] = text
      continue
    }
    const parts = lists.get(list) ?? new Map(asArray(item[list]).entries())
    lists.set(list, parts)
    const type = list === 'summary' ? 'summary_text' : item.type === 'reasoning' ? 'reasoning_text' : 'output_text'
    parts.set(Number(index), { type, ...asObject(parts.get(Number(index))), text })
  }
  for (const [list, parts] of lists) {
    joined[list] = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part)
  }
  return joined
}
