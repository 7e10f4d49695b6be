import {
  type ContextChange,
  type ContextDiff,
  type ContextKind,
  contextKindSchema,
} from '../../contract/domain/context.ts'
import { collectCalls, listTools, readItem, readPieces, toJson } from './contextItem.ts'
import { contextOf } from './contextOf.ts'
import { asArray, asObject, asText } from './json.ts'
import { contentText } from './messageText.ts'

/** An item as it can be compared: what the model reads of it, and nothing that only the wire needs. */
interface Comparable {
  fingerprint: string
  /** What it is called when it comes with other content. */
  identity: string
  kind: ContextKind
  label: string
  tokens: number
  value: unknown
}

const excerptLength = 400
const excerptLead = 60

/** Marks of the wire and of codex: the same words come with and without them, and the model does not read them. */
const unread = new Set([
  'id',
  'status',
  'annotations',
  'logprobs',
  'internal_chat_message_metadata_passthrough',
  'phase',
])

/**
 * What became of the previous request's context in the next one. Knows that history repeats: what comes again is kept, whether it
 * was sent again, rebuilt from increments or echoed by the server. Takes about as long as reading both.
 */
export function diffRequests(
  previous: { request: unknown },
  next: { request: unknown; inputTokens: number | null },
): ContextDiff {
  const [before, after] = [asObject(previous.request) ?? {}, asObject(next.request) ?? {}]
  // One scale for both: what is the same is as many tokens in both, whatever else the model counted.
  const scale = measureScale(next)
  const [old, fresh] = [comparablesOf(previous.request, scale), comparablesOf(next.request, scale)]
  let prefixItems = 0
  while (prefixItems < old.length && isSameAt(old, fresh, prefixItems)) prefixItems += 1
  return {
    prefixItems,
    changes: joinKept(walk(old, fresh)),
    areInstructionsChanged: toJson(before.instructions) !== toJson(after.instructions),
    tools: diffTools(before, after),
    ...diffSettings(before, after),
    isCompacted: isCompacted(old, fresh),
    previousTokens: sumByKind(previous.request, scale),
  }
}

function isSameAt(old: Comparable[], fresh: Comparable[], at: number): boolean {
  return old[at] !== undefined && old[at].fingerprint === fresh[at]?.fingerprint
}

function measureScale({ request, inputTokens }: { request: unknown; inputTokens: number | null }): number {
  const estimate = contextOf(request, null).reduce((sum, { tokens }) => sum + tokens, 0)
  return inputTokens === null || inputTokens <= 0 || estimate === 0 ? 1 : inputTokens / estimate
}

function comparablesOf(request: unknown, scale: number): Comparable[] {
  const items = asArray(asObject(request)?.input)
  const tokens = new Map<number, number>()
  for (const part of contextOf(request, null)) {
    if (part.itemIndex !== null) tokens.set(part.itemIndex, (tokens.get(part.itemIndex) ?? 0) + part.tokens)
  }
  const calls = collectCalls(items)
  return items.map((value, index) => {
    const [piece] = readPieces(value, calls)
    return {
      fingerprint: fingerprintOf(value),
      identity: identityOf(value),
      kind: piece?.kind ?? 'history',
      label: piece?.label ?? '',
      tokens: Math.round((tokens.get(index) ?? 0) * scale),
      value,
    }
  })
}

/** The same for what the model reads as the same: whatever its ids and empty fields, and however its keys are ordered. */
export function fingerprintOf(value: unknown): string {
  return toJson(toRead(value))
}

function toRead(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toRead)
  const kept: [string, unknown][] = []
  for (const key of Object.keys(value).sort()) {
    const inner = (value as Record<string, unknown>)[key]
    const isEmpty = inner === null || inner === undefined || (Array.isArray(inner) && inner.length === 0)
    if (!unread.has(key) && !isEmpty) kept.push([key, toRead(inner)])
  }
  return kept
}

function identityOf(value: unknown): string {
  const item = readItem(value)
  if (!item) return 'odd'
  const callId = asText(item.call_id)
  if (callId !== null) return `${item.type} ${callId}`
  if (item.type === 'message' && item.role === 'assistant') return `message ${asText(item.id) ?? ''}`
  const marks = asArray(asObject(item.internal_chat_message_metadata_passthrough)?.content_item_kinds)
  return [item.type, asText(item.role) ?? '', ...marks.filter((mark) => typeof mark === 'string')].join(' ')
}

type Step =
  | Exclude<ContextChange, { type: 'kept' }>
  | { type: 'kept'; itemIndex: number; previousIndex: number; tokens: number }

/** Each item is looked at once: what comes again is found by its fingerprint, at or behind the place that was reached. */
function walk(old: Comparable[], fresh: Comparable[]): Step[] {
  const places = new Map<string, number[]>()
  for (let at = old.length - 1; at >= 0; at--) {
    const { fingerprint } = old[at] as Comparable
    const list = places.get(fingerprint)
    if (list) list.push(at)
    else places.set(fingerprint, [at])
  }
  const steps: Step[] = []
  let reached = 0
  let added: number[] = []
  function close(until: number): void {
    pair(old, fresh, range(reached, until), added, steps)
    added = []
  }
  fresh.forEach((item, itemIndex) => {
    const list = places.get(item.fingerprint)
    while (list && list.length > 0 && (list.at(-1) as number) < reached) list.pop()
    const previousIndex = list?.pop()
    if (previousIndex === undefined) {
      added.push(itemIndex)
      return
    }
    close(previousIndex)
    steps.push({ type: 'kept', itemIndex, previousIndex, tokens: item.tokens })
    reached = previousIndex + 1
  })
  close(old.length)
  return steps
}

/** What left and what came at one place: the same thing with other content has changed. */
function pair(old: Comparable[], fresh: Comparable[], removed: number[], added: number[], steps: Step[]): void {
  const leaving = new Map<string, number[]>()
  for (const at of removed.toReversed()) {
    const { identity } = old[at] as Comparable
    const list = leaving.get(identity)
    if (list) list.push(at)
    else leaving.set(identity, [at])
  }
  const changed = new Map<number, number>()
  for (const at of added) {
    const previousIndex = leaving.get((fresh[at] as Comparable).identity)?.pop()
    if (previousIndex !== undefined) changed.set(at, previousIndex)
  }
  const taken = new Set(changed.values())
  for (const previousIndex of removed) {
    if (taken.has(previousIndex)) continue
    const { kind, label, tokens } = old[previousIndex] as Comparable
    steps.push({ type: 'removed', previousIndex, kind, label, tokens })
  }
  for (const itemIndex of added) {
    const { kind, label, tokens, value } = fresh[itemIndex] as Comparable
    const previousIndex = changed.get(itemIndex)
    if (previousIndex === undefined) steps.push({ type: 'added', itemIndex, kind, label, tokens })
    else {
      const excerpts = excerptDifference(textOf((old[previousIndex] as Comparable).value), textOf(value))
      steps.push({ type: 'changed', itemIndex, previousIndex, kind, label, tokens, ...excerpts })
    }
  }
}

function excerptDifference(before: string, after: string): { before: string; after: string } {
  const shorter = Math.min(before.length, after.length)
  let at = 0
  while (at < shorter && before.charCodeAt(at) === after.charCodeAt(at)) at += 1
  const from = Math.max(0, at - excerptLead)
  const excerpt = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + excerptLength)}${text.length > from + excerptLength ? '…' : ''}`
  return { before: excerpt(before), after: excerpt(after) }
}

/** What people would call its content; all of it where there is no such thing. */
function textOf(value: unknown): string {
  const item = asObject(value)
  return contentText(item?.content ?? item?.output, '\n') || toJson(value)
}

function isCompacted(old: Comparable[], fresh: Comparable[]): boolean {
  const known = new Set(old.map(({ fingerprint }) => fingerprint))
  return fresh.some(({ value, fingerprint }) => {
    const type = readItem(value)?.type ?? ''
    return /^(context_)?compaction(_summary)?$/.test(type) && !known.has(fingerprint)
  })
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at)
}

/** A run of items that stand behind each other in both requests is one change. */
function joinKept(steps: Step[]): ContextChange[] {
  const joined: ContextChange[] = []
  for (const step of steps) {
    const last = joined.at(-1)
    if (step.type !== 'kept') joined.push(step)
    else if (
      last?.type === 'kept' &&
      last.itemIndex + last.count === step.itemIndex &&
      last.previousIndex + last.count === step.previousIndex
    ) {
      last.count += 1
      last.tokens += step.tokens
    } else joined.push({ ...step, count: 1 })
  }
  return joined
}

function diffTools(before: Record<string, unknown>, after: Record<string, unknown>): ContextDiff['tools'] {
  const [old, fresh] = [allTools(before), allTools(after)]
  return {
    added: [...fresh.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !fresh.has(name)),
    changed: [...fresh].flatMap(([name, tool]) => (old.has(name) && old.get(name) !== tool ? [name] : [])),
    isFieldChanged: toJson(before.tools) !== toJson(after.tools),
  }
}

/** Names with what they say. */
function allTools(request: Record<string, unknown>): Map<string, string> {
  const inItems = asArray(request.input).flatMap((value) => {
    const item = readItem(value)
    return item?.type === 'additional_tools' ? asArray(item.tools) : []
  })
  const tools = listTools([...asArray(request.tools), ...inItems])
  return new Map([...tools].map(([name, tool]) => [name, toJson(tool)]))
}

/** In the order in which they are worth telling. */
function diffSettings(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Pick<ContextDiff, 'settings' | 'settingValues'> {
  const read = (request: Record<string, unknown>): [string, unknown][] => [
    ['model', request.model],
    ['prompt_cache_key', request.prompt_cache_key],
    ['text.format', asObject(request.text)?.format],
    ['reasoning', request.reasoning],
    ['text.verbosity', asObject(request.text)?.verbosity],
    ['tool_choice', request.tool_choice],
    ['parallel_tool_calls', request.parallel_tool_calls],
    ['service_tier', request.service_tier],
  ]
  const fresh = read(after)
  const settings: string[] = []
  const settingValues: NonNullable<ContextDiff['settingValues']> = {}
  read(before).forEach(([name, value], at) => {
    const next = fresh[at]?.[1]
    if (toJson(value) === toJson(next)) return
    settings.push(name)
    const [was, is] = [shortSetting(value), shortSetting(next)]
    if (was !== null && is !== null) settingValues[name] = { before: was, after: is }
  })
  return { settings, ...(Object.keys(settingValues).length > 0 && { settingValues }) }
}

/** Null for what is longer than a line has room for. */
function shortSetting(value: unknown): string | null {
  if (value === undefined || value === null) return 'none'
  const text = typeof value === 'string' ? value : toJson(value)
  return text.length <= 120 ? text : null
}

function sumByKind(request: unknown, scale: number) {
  const sums = Object.fromEntries(contextKindSchema.options.map((kind) => [kind, 0])) as Record<ContextKind, number>
  for (const { kind, tokens } of contextOf(request, null)) sums[kind] += Math.round(tokens * scale)
  return sums
}
