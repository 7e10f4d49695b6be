/** Lets one work begin when the one before it is over. `isLast` tells that no other was asked for meanwhile. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return async <T>(work: () => Promise<T>): Promise<{ value: T; isLast: boolean }> => {
    const own = last.then(work)
    last = own.catch(() => {})
    const mine = last
    const value = await own
    return { value, isLast: mine === last }
  }
}
