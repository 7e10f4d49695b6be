import type { JsonChild, JsonNode } from './body.ts'

const longestPreview = 160

/** The value at the end of a path; undefined when there is none. */
export function valueAt(root: unknown, path: (string | number)[]): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** A value with some of what is right below it, or of a string some of its text: so much that a page can show it. */
export function readNode(value: unknown, offset: number, limit: number): JsonNode {
  const { type, size } = natureOf(value)
  const end = offset + limit
  const nextOffset = end < size ? end : null
  switch (type) {
    case 'array': {
      const items = (value as unknown[]).slice(offset, end)
      return { type, size, text: null, children: items.map((item, at) => childOf(offset + at, item)), nextOffset }
    }
    case 'object': {
      const keys = Object.keys(value as object).slice(offset, end)
      const children = keys.map((key) => childOf(key, (value as Record<string, unknown>)[key]))
      return { type, size, text: null, children, nextOffset }
    }
    case 'string':
      return { type, size, text: (value as string).slice(offset, end), children: [], nextOffset }
    default:
      return { type, size, text: String(value), children: [], nextOffset: null }
  }
}

function childOf(key: string | number, value: unknown): JsonChild {
  const { type, size } = natureOf(value)
  return { key, type, size, preview: previewOf(value) }
}

function natureOf(value: unknown): { type: JsonNode['type']; size: number } {
  if (value === null || value === undefined) return { type: 'null', size: 0 }
  if (Array.isArray(value)) return { type: 'array', size: value.length }
  switch (typeof value) {
    case 'object':
      return { type: 'object', size: Object.keys(value).length }
    case 'string':
      return { type: 'string', size: value.length }
    case 'number':
      return { type: 'number', size: 0 }
    default:
      return { type: 'boolean', size: 0 }
  }
}

/** Enough to know it by, while it is folded. */
function previewOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, longestPreview)
  const object = asObject(value)
  if (!object) return Array.isArray(value) ? '' : String(value ?? null)
  const words = [object.type, object.role, object.name].flatMap((word) => asText(word)?.slice(0, 60) ?? [])
  const said = textIn(object)
  if (said !== null) words.push(`“${said.length > 80 ? `${said.slice(0, 80)}…` : said}”`)
  const preview = words.length > 0 ? words.join(' · ') : Object.keys(object).slice(0, 8).join(', ')
  return preview.slice(0, longestPreview)
}

function textIn(object: Record<string, unknown>): string | null {
  const [first] = asArray(object.content).concat(asArray(object.summary), asArray(object.output))
  const text =
    asText(object.text) ??
    asText(object.delta) ??
    asText(asObject(first)?.text) ??
    asText(object.output) ??
    asText(object.input)
  return text?.slice(0, 400).trim().replaceAll(/\s+/g, ' ') ?? null
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
