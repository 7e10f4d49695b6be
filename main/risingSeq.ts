/** A `seq` for what is not in the archive, which has its own: the clock's milliseconds keep both rising over restarts. */
export function createRisingSeq(now: () => number = Date.now): () => number {
  let last = 0
  return () => {
    last = Math.max(last + 1, now())
    return last
  }
}
