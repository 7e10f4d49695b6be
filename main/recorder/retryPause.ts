const firstRetryMs = 250
const longestRetryMs = 16_000

/** After the database refused so many times in a row. */
export function retryMs(refusals: number): number {
  return Math.min(firstRetryMs * 2 ** (refusals - 1), longestRetryMs)
}
