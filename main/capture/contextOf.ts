import type { ContextPart } from '../../contract/domain/context.ts'
import { collectCalls, firstLine, listTools, measure, type Piece, readPieces, shorten } from './contextItem.ts'
import { asArray, asObject } from './json.ts'
import { titleInstructions } from './messageTitle.ts'

type WeighedPart = Omit<ContextPart, 'tokens'> & { weight: number }

/**
 * What filled the window, in the order in which the model reads it. `inputTokens`: what the model said that it read, null when
 * it said nothing; the parts are then as many tokens as their size suggests.
 */
export function contextOf(request: unknown, inputTokens: number | null): ContextPart[] {
  const parts = weighParts(request)
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const scale = inputTokens === null || inputTokens <= 0 || total <= 0 ? 1 : inputTokens / total
  return parts.map(({ weight, ...part }) => ({ ...part, tokens: Math.round(weight * scale) }))
}

function weighParts(request: unknown): WeighedPart[] {
  const body = asObject(request)
  if (!body) return []
  const items = asArray(body.input)
  const calls = collectCalls(items)
  const parts = readFields(body)
  items.forEach((item, itemIndex) => {
    for (const piece of readPieces(item, calls)) parts.push({ ...piece, itemIndex, field: null })
  })
  return parts
}

/** What stands beside the input: models before the sixth generation get their tools and instructions there. */
function readFields(body: Record<string, unknown>): WeighedPart[] {
  const parts: WeighedPart[] = []
  const add = (field: string, piece: Omit<Piece, 'bytes' | 'weight'>, value: unknown) =>
    parts.push({ ...piece, ...measure(value), itemIndex: null, field })
  const tools = [...listTools(body.tools).keys()]
  if (tools.length > 0) {
    add('tools', { kind: 'tools', role: null, label: tools.slice(0, 12).join(', '), count: tools.length }, body.tools)
  }
  if (typeof body.instructions === 'string' && body.instructions !== '') {
    const label = shorten(titleInstructions(body.instructions))
    add('instructions', { kind: 'instructions', role: null, label, count: 1 }, body.instructions)
  }
  const format = asObject(asObject(body.text)?.format)
  if (format) add('text', { kind: 'instructions', role: null, label: 'Shape of the answer', count: 1 }, format)
  if (typeof body.input === 'string' && body.input !== '') {
    add('input', { kind: 'history', role: 'user', label: firstLine(body.input), count: 1 }, body.input)
  }
  return parts
}
