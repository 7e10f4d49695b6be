import { asObject, asText } from './json.ts'

export interface Failure {
  code: string | null
  message: string
}

/**
 * What an error object says: `{error: {code, type, message}}` of the API, `{detail}` of chatgpt.com, or the error itself.
 * Null when there is none to be seen.
 */
export function readFailure(value: unknown): Failure | null {
  if (typeof value === 'string') return value.trim() === '' ? null : { code: null, message: value.trim() }
  const outer = asObject(value)
  if (!outer) return null
  const inner = asObject(outer.error) ?? asObject(outer.detail) ?? outer
  const code = asText(inner.code) ?? (inner === outer ? null : asText(inner.type))
  const message = asText(inner.message) ?? asText(outer.detail) ?? asText(outer.error)
  if (message === null && code === null) return null
  return { code, message: message ?? (code as string) }
}
