import { app } from 'electron'

export interface QuitOptions {
  /** Asks the user where something would be interrupted. */
  mayQuit(): Promise<boolean>
  /** Stores what is recorded, and lets go of everything. */
  end(): Promise<void>
  report(error: unknown): void
}

/**
 * The one way out, however it was begun. What it returns prepares an end that something else brings about, as an update does; it
 * resolves to false when the user would rather stay.
 */
export function createQuit({ mayQuit, end, report }: QuitOptions): () => Promise<boolean> {
  let preparing: Promise<boolean> | null = null
  let isPrepared = false

  async function prepare(): Promise<boolean> {
    if (!(await mayQuit())) return false
    await end().catch(report)
    isPrepared = true
    return true
  }

  function prepareOnce(): Promise<boolean> {
    preparing ??= prepare().finally(() => {
      preparing = null
    })
    return preparing
  }

  app.on('before-quit', (event) => {
    if (isPrepared) return
    event.preventDefault()
    if (preparing) return
    prepareOnce().then((isAgreed) => isAgreed && app.quit(), report)
  })
  return prepareOnce
}
