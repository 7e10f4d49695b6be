import { isNestedTooDeep } from '../../contract/domain/nesting.ts'
import { type Masker, noMasker } from './mask.ts'

/** A body of an HTTP exchange: JSON, server-sent events or plain text. What is not masked stays as it was, to the letter. */
export function maskBody(text: string, masker: Masker, where: string): string {
  if (masker === noMasker || text === '') return text
  const json = parseObject(text)
  if (json !== null) return JSON.stringify(masker.value(json, where))
  return /^(?:event|data|id|retry)?:/m.test(text.slice(0, 1000))
    ? maskEvents(text, masker, where)
    : masker.text(text, where)
}

/** JSON messages in their order, of which some may be pieces of one streamed text. */
export function maskMessages(messages: string[], masker: Masker, where: string): string[] {
  if (masker === noMasker) return messages
  const values = messages.map(parseObject)
  const masked = values.map((value, index) =>
    value === null ? masker.text(messages[index] as string, where) : masker.value(withoutDelta(value), where),
  )
  const streams = new Map<string, number[]>()
  for (const [index, value] of values.entries()) {
    if (typeof value?.delta !== 'string') continue
    const key = streamOf(value)
    const known = streams.get(key)
    if (known) known.push(index)
    else streams.set(key, [index])
  }
  for (const indexes of streams.values()) {
    const pieces = masker.pieces(
      indexes.map((index) => values[index]?.delta as string),
      where,
    )
    for (const [at, index] of indexes.entries()) (masked[index] as Record<string, unknown>).delta = pieces[at]
  }
  return masked.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
}

/** The lines of server-sent events with what their data says masked; all other lines as they are. */
function maskEvents(text: string, masker: Masker, where: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  const isData = (line: string) => line.startsWith('data:')
  const masked = maskMessages(
    lines.filter(isData).map((line) => line.slice('data:'.length).trimStart()),
    masker,
    where,
  )
  let next = 0
  return lines.map((line) => (isData(line) ? `data: ${masked[next++]}` : masker.text(line, where))).join('\n')
}

/** Pieces with the same words here are pieces of one text. */
function streamOf(event: Record<string, unknown>): string {
  return JSON.stringify([event.type, event.item_id, event.output_index, event.content_index, event.summary_index])
}

function withoutDelta(value: Record<string, unknown>): Record<string, unknown> {
  return typeof value.delta === 'string' ? { ...value, delta: '' } : value
}

/** Null for what is no JSON object, and for what is nested beyond reason. */
function parseObject(text: string): Record<string, unknown> | null {
  if (!/^\s*\{/.test(text)) return null
  try {
    const value = JSON.parse(text) as Record<string, unknown>
    return isNestedTooDeep(value) ? null : value
  } catch {
    return null
  }
}
