import { Buffer } from 'node:buffer'
import type { ContextKind, ContextRole } from '../../contract/domain/context.ts'
import { asArray, asObject, asText, type JsonObject } from './json.ts'
import { contentText } from './messageText.ts'
import { plainFirstLine, titleInstructions } from './messageTitle.ts'
import { readFileNames } from './readFileNames.ts'
import type { ResponseItem } from './reduced.ts'
import { isToolCall, isToolOutput, readDeed } from './toolCall.ts'

/** A part of one item: what kind it is, and how much. */
export interface Piece {
  kind: ContextKind
  role: ContextRole | null
  label: string
  count: number
  bytes: number
  /** What it weighs in tokens by its size alone. */
  weight: number
}

const longestLabel = 120
/** About what a picture takes whatever its bytes are: the model sees tiles, not bytes. */
const imageWeight = 1_000
const bytesAToken = 4

/** Call ids with the calls themselves, so that an output can be told by what was called. */
export type CallsById = Map<string, ResponseItem>

export function collectCalls(items: unknown[]): CallsById {
  const calls: CallsById = new Map()
  for (const value of items) {
    const item = readItem(value)
    const callId = asText(item?.call_id)
    if (item && callId !== null && isToolCall(item)) calls.set(callId, item)
  }
  return calls
}

/** An item of a request's input, in the pieces that are of different kinds. Never empty: even what nobody understands fills the window. */
export function readPieces(value: unknown, calls: CallsById): Piece[] {
  const item = readItem(value)
  if (!item) {
    const { bytes } = measure(value)
    return [{ kind: 'history', role: 'other', label: shorten(describe(value)), count: 1, bytes, weight: weigh(bytes) }]
  }
  const attached = readAttachments(item)
  const whole = measure(item)
  const attachedBytes = attached.reduce((sum, { bytes }) => sum + bytes, 0)
  const rest = Math.max(0, whole.bytes - attachedBytes)
  const restWeight = Math.max(0, whole.weight - weigh(attachedBytes))
  const nature = readNature(item, calls)
  const isOnlyAttached = attached.length > 0 && nature.label === ''
  const own: Piece[] = isOnlyAttached ? [] : [{ ...nature, bytes: rest, weight: restWeight }]
  const [first, ...more] = attached
  // What stands around an attachment that is alone belongs to it.
  if (isOnlyAttached && first) return [{ ...first, bytes: first.bytes + rest }, ...more]
  return [...own, ...attached]
}

/** Null for what has no type, of which nothing can be told. */
export function readItem(value: unknown): ResponseItem | null {
  const item = asObject(value)
  return item && typeof item.type === 'string' ? (item as ResponseItem) : null
}

function readNature(item: ResponseItem, calls: CallsById): Omit<Piece, 'bytes' | 'weight'> {
  const count = 1
  switch (item.type) {
    case 'message':
      return { ...readMessage(item), count }
    case 'reasoning': {
      const text = contentText(item.summary, ' ') || contentText(item.content, ' ')
      const label = shorten(plainFirstLine(text)) || 'Reasoning, encrypted'
      return { kind: 'history', role: 'reasoning', label, count }
    }
    case 'additional_tools': {
      const names = [...listTools(item.tools).keys()]
      return { kind: 'tools', role: null, label: shorten(names.join(', ') || 'Tools'), count: names.length }
    }
    case 'compaction':
    case 'context_compaction':
    case 'compaction_summary':
      return { kind: 'history', role: 'compaction', label: 'Summary of what was said before', count }
    case 'agent_message':
      return { kind: 'history', role: 'other', label: shorten(plainFirstLine(contentText(item.content, ' '))), count }
  }
  if (isToolOutput(item)) return { ...readToolOutput(item, calls), role: null, count }
  if (isToolCall(item)) return { kind: 'history', role: 'toolCall', label: labelOfCall(item), count }
  return { kind: 'history', role: 'other', label: shorten(item.type), count }
}

function readMessage(item: ResponseItem): Pick<Piece, 'kind' | 'role' | 'label'> {
  const text = contentText(item.content, ' ')
  const instructions = () => ({ kind: 'instructions' as const, role: null, label: shorten(titleInstructions(text)) })
  switch (item.role) {
    case 'developer':
    case 'system':
      return instructions()
    case 'assistant':
      return { kind: 'history', role: 'assistant', label: shorten(plainFirstLine(text)) }
    case 'user':
      // Codex tells of the folder, of skills and of AGENTS.md in the user's name. What people typed stays as they did.
      return isContext(item) ? instructions() : { kind: 'history', role: 'user', label: firstLine(text) }
    default:
      return { kind: 'history', role: 'other', label: firstLine(text) }
  }
}

function isContext(item: ResponseItem): boolean {
  const marks = asArray(asObject(item.internal_chat_message_metadata_passthrough)?.content_item_kinds)
  if (marks.length > 0) return !marks.some((mark) => typeof mark === 'string' && mark.startsWith('user.'))
  return /^\s*(<[a-z_]+>|# AGENTS\.md instructions)/.test(contentText(item.content, ' ').slice(0, 200))
}

function readToolOutput(item: ResponseItem, calls: CallsById): Pick<Piece, 'kind' | 'label'> {
  const call = calls.get(asText(item.call_id) ?? '')
  if (!call) return { kind: 'output', label: shorten(item.type.replace(/_output$/, '')) }
  const files = readFileNames(readDeed(call).commands)
  return files ? { kind: 'files', label: shorten(files.join(', ')) } : { kind: 'output', label: labelOfCall(call) }
}

function labelOfCall(item: ResponseItem): string {
  const { name, commands, patch } = readDeed(item)
  if (commands.length > 0) return shorten(commands.join('; '))
  if (patch === null) return shorten(name)
  const paths = [...patch.slice(0, 20_000).matchAll(/^\*\*\* (?:Update|Add|Delete) File: (.+)$/gm)].map(
    ([, path]) => path,
  )
  return shorten(`Patch of ${paths.join(', ') || 'files'}`)
}

/** Images and files inside a message or an output. */
function readAttachments(item: ResponseItem): Piece[] {
  return [item.content, item.output].flatMap(asArray).flatMap((value): Piece[] => {
    const part = asObject(value)
    if (part?.type === 'input_image' || part?.type === 'image_url') {
      const url = asText(part.image_url) ?? asText(asObject(part.image_url)?.url) ?? ''
      const [, format] = /^data:image\/([\w.+-]{1,20})/.exec(url) ?? []
      const label = format ? `Image, ${format}` : 'Image'
      return [{ kind: 'images', role: null, label, count: 1, bytes: measure(part).bytes, weight: imageWeight }]
    }
    if (part?.type === 'input_file') {
      const label = shorten(asText(part.filename) ?? asText(part.file_url) ?? 'File')
      const { bytes, weight } = measure(part)
      return [{ kind: 'files', role: null, label, count: 1, bytes, weight }]
    }
    return []
  })
}

/** Names with the tools themselves; those of a namespace as `namespace.name`. A name that comes twice is told apart. */
export function listTools(tools: unknown): Map<string, JsonObject> {
  const list = new Map<string, JsonObject>()
  const waiting = asArray(tools)
    .map((tool) => ({ tool, prefix: '' }))
    .reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const tool = asObject(next.tool)
    if (!tool) continue
    const own = asText(tool.name) ?? asText(asObject(tool.function)?.name) ?? asText(tool.type) ?? 'unnamed'
    const name = `${next.prefix}${shorten(own)}`
    if (Array.isArray(tool.tools)) {
      const prefix = own === 'functions' ? next.prefix : `${name}.`
      for (const inner of [...tool.tools].reverse()) waiting.push({ tool: inner, prefix })
      continue
    }
    let unique = name
    for (let at = 2; list.has(unique) && at < 1_000; at++) unique = `${name} ${at}`
    list.set(unique, tool)
  }
  return list
}

/** Bytes of its JSON, and about how many tokens the model reads of it: only shares of the weights mean something. */
export function measure(value: unknown): { bytes: number; weight: number } {
  const text = toJson(value)
  const bytes = Buffer.byteLength(text)
  const encrypted = asText(asObject(value)?.encrypted_content)
  // The model reads what it hides, not the letters that hide it.
  return { bytes, weight: weigh(encrypted === null ? bytes : bytes - encrypted.length * 0.25) }
}

export function toJson(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

function weigh(bytes: number): number {
  return bytes / bytesAToken
}

function describe(value: unknown): string {
  return typeof value === 'string' ? firstLine(value) : toJson(value).slice(0, longestLabel)
}

/** Of the first thousand characters, and shortened to what fits beside a part. */
export function firstLine(text: string): string {
  return shorten(text.slice(0, 1_000).trim().split('\n', 1)[0]?.trim() ?? '')
}

export function shorten(text: string): string {
  return text.length <= longestLabel ? text : `${[...text.slice(0, longestLabel - 1)].join('').trimEnd()}…`
}
