/** A process is gone a moment after its connections; where the computer is busy, a longer one. */
const sweepAfterMs = [1_000, 5_000, 30_000]

/**
 * Looks for launches whose codex has ended, a few times after `soon` was called, and then never again: a codex that ends lets go of
 * its connections, and one in a terminal of its own has nobody else who tells of its end.
 */
export function createLaunchSweeper(sweep: () => void) {
  let timer: NodeJS.Timeout | undefined

  function after([ms, ...later]: number[]): void {
    clearTimeout(timer)
    if (ms === undefined) return
    timer = setTimeout(() => {
      sweep()
      after(later)
    }, ms).unref()
  }

  return {
    soon: () => after(sweepAfterMs),
    stop: () => clearTimeout(timer),
  }
}
