import type { Line } from './line.ts'

/**
 * Does work again for whoever asks, one run at a time, so that an answer cannot overtake a newer one: who asks while it runs,
 * or within `pauseMs` after it, gets one more run. A run that was left over from an earlier connection holds nothing up.
 */
export function createRepeater(
  { ofThisConnection }: Pick<Line, 'ofThisConnection'>,
  work: (isCurrent: () => boolean) => Promise<void>,
  pauseMs = 0,
): () => void {
  let latest: { isCurrent: () => boolean; isWantedAgain: boolean } | null = null

  async function repeat() {
    const own = { isCurrent: ofThisConnection(), isWantedAgain: false }
    latest = own
    do {
      own.isWantedAgain = false
      await work(own.isCurrent)
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    } while (own.isWantedAgain && own.isCurrent())
    if (latest === own) latest = null
  }

  return () => {
    if (latest?.isCurrent()) latest.isWantedAgain = true
    else void repeat()
  }
}
