import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a subject written in Node tells the bench: first that it listens, later how it fares. */
export type ChildMessage =
  | { type: 'ready'; port: number; path: string }
  | { type: 'recording'; recorded: number; total: number; missed: Partial<Record<string, number>>; underived: number }

export function tell(message: ChildMessage): void {
  process.send?.(message)
}

/** Also ends this process when the bench is gone, however it went. */
export function reportReady(server: Server): void {
  process.on('disconnect', () => process.exit(0))
  tell({ type: 'ready', port: (server.address() as AddressInfo).port, path: '' })
}
