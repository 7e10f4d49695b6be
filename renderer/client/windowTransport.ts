import type { Notification } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import type { WindowMessage } from '../../contract/window.ts'
import type { Transport } from './transport.ts'

/** What preload/index.ts exposes to the page. */
export interface Bridge {
  call(method: string, params: unknown): Promise<Reply<unknown>>
  onNotify(listener: (notification: Notification | WindowMessage) => void): () => void
}

declare global {
  interface Window {
    tapedeck?: Bridge
  }
}

/**
 * Electron: main lives as long as the window, so the line is open from the start and never lost. But nothing is told to a hidden
 * window; what it missed is read anew when it is shown.
 */
export function createWindowTransport(bridge: Bridge): Transport {
  return {
    linksAskedBy: 'host',
    whenSaved: (url) =>
      new Promise((resolve) => {
        const stop = bridge.onNotify((message) => {
          if (message.method !== 'window/saved' || message.params.url !== url) return
          stop()
          resolve(message.params.saved)
        })
      }),
    async call(method, params) {
      try {
        return await bridge.call(method, params)
      } catch {
        return { ok: false, error: { code: 'unavailable', message: 'Tapedeck did not answer this window.' } }
      }
    },
    listen(listener) {
      const stop = bridge.onNotify((message) => {
        if (message.method === 'window/shown') listener.opened()
        else if (message.method === 'window/wentTo') location.hash = message.params.route
        else if (message.method === 'window/newSessionWanted') listener.newSessionWanted(message.params)
        else if (message.method !== 'window/saved') listener.notified(message)
      })
      listener.opened()
      return stop
    },
  }
}
