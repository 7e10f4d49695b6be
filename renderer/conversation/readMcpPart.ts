/** One part of what an MCP server gave back, as far as it is known for what it is. */
export type McpPart =
  | { kind: 'text'; text: string }
  | { kind: 'json'; value: object }
  | { kind: 'link'; uri: string; name: string; description: string | null; mediaType: string | null }
  /** A resource that came along, and its text if it has one. */
  | { kind: 'resource'; uri: string; text: string | null; mediaType: string | null }

/** Longer ones would hold up the page; they are read as text. */
const longestJson = 1_000_000

export function readMcpPart(text: string): McpPart {
  const value = parse(text)
  if (value === null) return { kind: 'text', text }
  const fields = value as Record<string, unknown>
  if (fields.type === 'resource_link' && typeof fields.uri === 'string') {
    const { uri, name, title, description, mimeType } = fields
    return {
      kind: 'link',
      uri,
      name: said(title) ?? said(name) ?? uri,
      description: said(description),
      mediaType: said(mimeType),
    }
  }
  const resource = fields.type === 'resource' ? (fields.resource as Record<string, unknown> | null | undefined) : null
  if (typeof resource?.uri === 'string') {
    const { uri, text, mimeType } = resource
    return { kind: 'resource', uri, text: typeof text === 'string' ? text : null, mediaType: said(mimeType) }
  }
  return { kind: 'json', value }
}

function parse(text: string): object | null {
  if (text.length > longestJson || !/^\s*[[{]/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** A small value is seen best as a whole; of a large one its first level. */
const mostOpen = 40

/** The values that are unfolded from the begin, nearest first; none when there are too many. */
export function pathsToOpen(value: object): (string | number)[][] {
  const paths: (string | number)[][] = []
  let rows = 0
  const waiting: { value: object; path: (string | number)[] }[] = [{ value, path: [] }]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const keys = Object.keys(next.value)
    rows += keys.length
    if (rows > mostOpen) return []
    if (next.path.length > 0) paths.push(next.path)
    for (const key of keys) {
      const child = (next.value as Record<string, unknown>)[key]
      const path = [...next.path, Array.isArray(next.value) ? Number(key) : key]
      if (typeof child === 'object' && child !== null) waiting.push({ value: child, path })
    }
  }
  return paths
}
