import { app } from 'electron'

export interface QuitOptions {
  /** Asks the user where something would be interrupted. */
  mayQuit(): Promise<boolean>
  /** Stores what is recorded, and lets go of everything. */
  end(): Promise<void>
  report(error: unknown): void
}

export interface Quit {
  /** Prepares an end that something else brings about, as an update does; false when the user would rather stay. */
  prepare(): Promise<boolean>
  /** The computer shuts down, or its user logs out: nobody is asked, and nothing holds it up for longer than storing takes. */
  endWithSystem(): void
}

/** The one way out, however it was begun. */
export function createQuit({ mayQuit, end, report }: QuitOptions): Quit {
  let preparing: Promise<boolean> | null = null
  let ending: Promise<void> | null = null
  let isPrepared = false
  let isSystemEnding = false

  function endOnce(): Promise<void> {
    ending ??= end()
      .catch(report)
      .then(() => {
        isPrepared = true
      })
    return ending
  }

  async function prepare(): Promise<boolean> {
    if (!(await mayQuit()) && !isSystemEnding) return false
    await endOnce()
    return true
  }

  function prepareOnce(): Promise<boolean> {
    preparing ??= prepare().finally(() => {
      preparing = null
    })
    return preparing
  }

  app.on('before-quit', (event) => {
    // macOS would take it for an application that refuses to let the computer shut down.
    if (isPrepared || isSystemEnding) return
    event.preventDefault()
    if (preparing) return
    prepareOnce().then((isAgreed) => isAgreed && !isSystemEnding && app.quit(), report)
  })
  // The windows are closed by now; what is recorded may not be stored yet.
  app.on('will-quit', (event) => {
    if (isPrepared || !isSystemEnding) return
    event.preventDefault()
    void endOnce().then(() => app.quit())
  })
  return {
    prepare: prepareOnce,
    endWithSystem() {
      isSystemEnding = true
      void endOnce().then(() => app.quit())
    },
  }
}
