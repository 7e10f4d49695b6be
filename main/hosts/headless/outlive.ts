import { once } from 'node:events'
import type { Connection } from './connection.ts'

export interface OutliveOptions {
  /** The next one, when the one before has ended; this process becomes it where nobody else does. */
  open(): Promise<Connection>
  /** Hears of each next one. */
  onNext(connection: Connection): void
  /** Gives up. */
  signal: AbortSignal
}

/**
 * For whoever is there to stay: beside a recorder that ends by itself it waits, and takes its place then. Resolves with the one that
 * stays, which may be another process; null when it gave up before.
 */
export async function outlive(first: Connection, { open, onNext, signal }: OutliveOptions): Promise<Connection | null> {
  const givenUp = once(signal, 'abort')
  let connection = first
  while (connection.instance.endsByItself || signal.aborted) {
    if (!signal.aborted) await Promise.race([connection.lost, givenUp])
    await connection.close()
    if (signal.aborted) return null
    connection = await open()
    if (!signal.aborted) onNext(connection)
  }
  return connection
}
