import type { Limits } from '../../contract/domain/limits.ts'
import { asNumber, asObject, asText, type JsonObject } from './json.ts'
import type { HeaderList } from './rawExchange.ts'

const usedPercentHeader = /^x-(.+)-(primary|secondary)-used-percent$/

/** The plan's limits as the headers of an answer tell them; null when they say nothing of it. */
export function readLimitHeaders(headers: HeaderList, at: number): Limits | null {
  const values = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]))
  const windows: Limits['windows'] = []
  for (const [name, value] of values) {
    const [, family, window] = usedPercentHeader.exec(name) ?? []
    const usedPercent = toNumber(value)
    if (family === undefined || window === undefined || usedPercent === null) continue
    windows.push({
      name: family === 'codex' ? window : `${family} ${window}`,
      usedPercent,
      windowMinutes: toNumber(values.get(`x-${family}-${window}-window-minutes`)),
      resetsAt: toMilliseconds(toNumber(values.get(`x-${family}-${window}-reset-at`))),
    })
  }
  return windows.length === 0 ? null : { at, planType: values.get('x-codex-plan-type') ?? null, windows }
}

/** The same from a `codex.rate_limits` event. */
export function readLimitEvent(event: JsonObject, at: number): Limits | null {
  const limits = asObject(event.rate_limits)
  if (!limits) return null
  const windows = Object.entries(limits).flatMap(([name, value]): Limits['windows'] => {
    const window = asObject(value)
    const usedPercent = asNumber(window?.used_percent)
    if (!window || usedPercent === null) return []
    const windowMinutes = asNumber(window.window_minutes)
    return [{ name, usedPercent, windowMinutes, resetsAt: toMilliseconds(asNumber(window.reset_at)) }]
  })
  return windows.length === 0 ? null : { at, planType: asText(event.plan_type), windows }
}

function toNumber(value: string | undefined): number | null {
  return value === undefined || value.trim() === '' ? null : asNumber(Number(value))
}

/** After this there are no dates. */
const lastMoment = 8.64e15

/** The server counts in seconds; null for what is no moment. */
export function toMilliseconds(seconds: number | null): number | null {
  if (seconds === null) return null
  const moment = Math.round(seconds * 1000)
  return moment > 0 && moment <= lastMoment ? moment : null
}
