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
  /** The computer is shut down, or its user logs off: nobody is asked, and nothing is held up. */
  endWithSystem(): void
}

/** The one way out, however it was begun. */
export function createQuit({ mayQuit, end, report }: QuitOptions): Quit {
  let preparing: Promise<boolean> | null = null
  /** Nothing is left that would have to wait. */
  let mayPass = false

  async function prepareNow(): Promise<boolean> {
    if (!(await mayQuit())) return false
    await end().catch(report)
    mayPass = true
    return true
  }

  function prepare(): Promise<boolean> {
    preparing ??= prepareNow().finally(() => {
      preparing = null
    })
    return preparing
  }

  app.on('before-quit', (event) => {
    if (mayPass) return
    event.preventDefault()
    if (preparing) return
    prepare().then((isAgreed) => isAgreed && app.quit(), report)
  })
  return {
    prepare,
    endWithSystem() {
      if (mayPass) return
      // macOS takes a quit that is put off for a refusal, and stays on. What is cut short here is taken up at the next start.
      mayPass = true
      end()
        .catch(report)
        .finally(() => app.quit())
    },
  }
}
