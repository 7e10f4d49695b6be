/** Asks one time after the other: who wants to while it is being asked waits for one more time, which has what is new since. */
export function createAsking(askOnce: () => Promise<void>, isOver: () => boolean): () => Promise<void> {
  let asking: Promise<void> | null = null
  let isWantedAgain = false

  async function askUntilNew(): Promise<void> {
    do {
      isWantedAgain = false
      await askOnce()
    } while (isWantedAgain && !isOver())
  }

  return function ask() {
    if (asking) isWantedAgain = true
    asking ??= askUntilNew().finally(() => {
      asking = null
    })
    return asking
  }
}
