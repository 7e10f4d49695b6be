import { create } from 'zustand'

const pauseMs = 2_000
/** A restart of Tapedeck is over before that. */
const triesBeforeTold = 4

/** How many parts of the page did not come for so long that somebody has to do something. */
export const useMissingParts = create<{ count: number }>(() => ({ count: 0 }))

const count = (change: 1 | -1) => useMissingParts.setState((before) => ({ count: before.count + change }))

/**
 * A part of the page that comes with its first use is asked for until it is there: Tapedeck may be away just then, and what failed
 * once would have failed for as long as the page is open.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const part = await load()
      if (tries > triesBeforeTold) count(-1)
      return part
    } catch {
      if (tries === triesBeforeTold) count(1)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
