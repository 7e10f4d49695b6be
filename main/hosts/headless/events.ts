import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Notification } from '../../../contract/api.ts'

/** A page that reads this slowly is let go; it comes back, takes a snapshot and has lost nothing. */
const patienceBytes = 16 * 1024 * 1024

export interface EventStream {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  send(notification: Notification): void
  close(): void
}

/** The notifications as JSON text frames, to every page that listens. What a page sends is not read. */
export function createEventStream(): EventStream {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 })
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => client.on('error', () => client.terminate()))
    },
    send(notification) {
      if (server.clients.size === 0) return
      const text = JSON.stringify(notification)
      for (const client of server.clients) {
        if (client.bufferedAmount > patienceBytes) client.terminate()
        else client.send(text)
      }
    },
    close() {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}
