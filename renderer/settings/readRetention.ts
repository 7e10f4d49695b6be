import type { Retention } from '../../contract/domain/sessionQuery.ts'

const gigabyte = 1_000_000_000
const smallestBytes = 1_000_000

/** What stands in the two fields. */
export interface TypedRetention {
  days: string
  gigabytes: string
}

export function showRetention({ maxAgeDays, maxBytes }: Retention): TypedRetention {
  return {
    days: maxAgeDays === null ? '' : String(maxAgeDays),
    gigabytes: maxBytes === null ? '' : String(Math.round((maxBytes / gigabyte) * 1000) / 1000),
  }
}

/** An empty field is no limit. */
export function readRetention({
  days,
  gigabytes,
}: TypedRetention): { ok: true; retention: Retention } | { ok: false; message: string } {
  const maxAgeDays = days.trim() === '' ? null : Number(days)
  const maxBytes = gigabytes.trim() === '' ? null : Math.round(Number(gigabytes) * gigabyte)
  if (maxAgeDays !== null && !(Number.isInteger(maxAgeDays) && maxAgeDays >= 1 && maxAgeDays <= 36_500)) {
    return { ok: false, message: 'Give whole days, from 1 to 36,500, or nothing for no limit.' }
  }
  if (maxBytes !== null && !(Number.isFinite(maxBytes) && maxBytes >= smallestBytes)) {
    return { ok: false, message: 'Give a size of at least 0.001 GB, or nothing for no limit.' }
  }
  return { ok: true, retention: { maxAgeDays, maxBytes } }
}

export function sameRetention(a: Retention, b: Retention): boolean {
  return a.maxAgeDays === b.maxAgeDays && a.maxBytes === b.maxBytes
}
