import { setTimeout as pause } from 'node:timers/promises'
import type { Step } from './events.ts'

/** Resolves when an event is to be sent, and rejects when nobody is there any more to get it. */
export async function isDue({ delayMs, after }: Step, gone: AbortSignal): Promise<void> {
  if (after) await Promise.race([after, endOf(gone)])
  if (delayMs > 0) await pause(delayMs, undefined, { signal: gone })
}

function endOf(gone: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (gone.aborted) reject(gone.reason)
    else gone.addEventListener('abort', () => reject(gone.reason), { once: true })
  })
}
