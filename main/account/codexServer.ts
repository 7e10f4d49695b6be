/** The part of codex's app-server that is needed here. */
export interface CodexServer {
  request(method: string, params: object): Promise<unknown>
  onNotification(listener: (notification: CodexNotification) => void): () => void
  ended: Promise<void>
  stop(): Promise<void>
}

export interface CodexNotification {
  method: string
  params: Record<string, unknown>
}

/** Says that there is no codex to ask, or none that can be asked. */
export class NoCodex extends Error {}

/** With nobody looking, codex is let go. */
const idleMs = 30_000

export interface ServerOnDemandOptions {
  startServer(): Promise<CodexServer>
  /** Then it is kept, though nobody asks it anything. */
  isInUse(): boolean
  onNotification(notification: CodexNotification): void
  /** It ended without having been let go. */
  onLost(): void
  report(error: unknown): void
}

export type ServerOnDemand = ReturnType<typeof createServerOnDemand>

/** One app-server at a time: started when it is asked something, let go half a minute after the last question. */
export function createServerOnDemand(options: ServerOnDemandOptions) {
  let server: Promise<CodexServer> | null = null
  let idleTimer: NodeJS.Timeout | null = null

  function start(): Promise<CodexServer> {
    const starting = options.startServer()
    starting.then(
      (started) => {
        started.onNotification(options.onNotification)
        void started.ended.then(() => forget(starting))
      },
      () => forget(starting),
    )
    return starting
  }

  function forget(ended: Promise<CodexServer>): void {
    // The next one may have been started already.
    if (server !== ended) return
    server = null
    options.onLost()
  }

  async function letGo(): Promise<void> {
    const going = server
    server = null
    await going?.then((each) => each.stop()).catch(options.report)
  }

  return {
    letGo,

    async request(method: string, params: object): Promise<unknown> {
      if (idleTimer) clearTimeout(idleTimer)
      idleTimer = setTimeout(() => {
        if (!options.isInUse()) void letGo()
      }, idleMs)
      idleTimer.unref()
      server ??= start()
      return (await server).request(method, params)
    },

    async close(): Promise<void> {
      if (idleTimer) clearTimeout(idleTimer)
      await letGo()
    },
  }
}
