import { isNestedTooDeep } from '../../contract/domain/nesting.ts'

/** What `JSON.parse` gave, looked at without believing anything: captured text is written by others. */
export type JsonObject = Record<string, unknown>

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Null for the empty string as well, which codex sends where it knows nothing. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Null for numbers so large that sums of them would leave what JSON can say. */
export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null
}

/** Undefined for what is no JSON, and for what is nested beyond reason. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isNestedTooDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

/** Null for what is no object. Most texts are none, as what commands print, and to have each refused by the parser takes long. */
export function parseObject(text: string): JsonObject | null {
  return /^[ \t\r\n]*\{/.test(text) ? asObject(parseJson(text)) : null
}
