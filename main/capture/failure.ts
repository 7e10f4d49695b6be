import type { Limits } from '../../contract/domain/limits.ts'
import { asNumber, asObject, asText, type JsonObject } from './json.ts'
import { toMilliseconds } from './limits.ts'

export interface Failure {
  code: string | null
  message: string
  /** Of a limit: when it resets, and the plan that it is of. */
  resetsAt: number | null
  plan: string | null
}

const unknownLimit = { resetsAt: null, plan: null }

/**
 * What an error object says: `{error: {code, type, message}}` of the API, `{detail}` of chatgpt.com, or the error itself.
 * Null when there is none to be seen. `at` is when it was said: some limits are told from then on.
 */
export function readFailure(value: unknown, at: number): Failure | null {
  if (typeof value === 'string')
    return value.trim() === '' ? null : { code: null, message: value.trim(), ...unknownLimit }
  const outer = asObject(value)
  if (!outer) return null
  const inner = asObject(outer.error) ?? asObject(outer.detail) ?? outer
  const code = asText(inner.code) ?? (inner === outer ? null : asText(inner.type))
  const message = asText(inner.message) ?? asText(outer.detail) ?? asText(outer.error)
  if (message === null && code === null) return null
  return { code, message: message ?? (code as string), resetsAt: readReset(inner, at), plan: asText(inner.plan_type) }
}

export function failureOf(message: string, code: string | null = null): Failure {
  return { code, message, ...unknownLimit }
}

/** When the limit resets that stopped it: by its own word, else the latest of the windows that were full. */
export function resetOf({ code, resetsAt }: Failure, limits: Limits | null): number | null {
  if (resetsAt !== null || code !== 'usage_limit_reached') return resetsAt
  const full = (limits?.windows ?? []).filter(({ usedPercent }) => usedPercent >= 100)
  return full.reduce<number | null>((latest, window) => {
    return window.resetsAt !== null && window.resetsAt > (latest ?? 0) ? window.resetsAt : latest
  }, null)
}

function readReset(error: JsonObject, at: number): number | null {
  const left = asNumber(error.resets_in_seconds)
  return (
    toMilliseconds(asNumber(error.resets_at)) ?? toMilliseconds(left === null ? null : left + Math.floor(at / 1000))
  )
}
