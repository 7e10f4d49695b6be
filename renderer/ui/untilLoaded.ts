const pauseMs = 2_000

/**
 * A part of the page that comes with its first use is asked for until it is there: Tapedeck may be away just then, and what failed
 * once would have failed for as long as the page is open.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
