import type { ReducedExchange } from '../capture/reduced.ts'

const keptMs = 30_000

/**
 * The exchange that was looked at last: whoever unfolds a tree asks for it again and again, and reading it can mean to unpack a
 * whole conversation. Gone half a minute after the last look; one that is live changes, and is not kept.
 */
export function createWholeMemory<T extends { reduced: ReducedExchange }>(read: (id: string) => T) {
  let last: T | null = null
  let timer: NodeJS.Timeout | null = null

  function forget(): void {
    last = null
    if (timer) clearTimeout(timer)
    timer = null
  }

  return {
    get(id: string): T {
      const whole = last?.reduced.exchange.id === id ? last : read(id)
      forget()
      if (whole.reduced.exchange.status === 'live') return whole
      last = whole
      timer = setTimeout(forget, keptMs)
      timer.unref()
      return whole
    },
    forget,
  }
}
