import { parentPort } from 'node:worker_threads'
import type { WorkerCall } from './messages.ts'

/** For tests: the reading thread, that dies when it is asked for the exchange `die`. */

parentPort?.on('message', (message: WorkerCall | { type: 'close' }) => {
  if (message.type === 'call' && JSON.stringify(message.params) === '{"id":"die"}') throw new Error('Told to die.')
})
await import('./readerWorker.ts')
