import { parentPort } from 'node:worker_threads'
import type { ToRecorder } from './messages.ts'

/** For tests: the recording thread, that dies when it hears of a call to `/die`. */

parentPort?.on('message', (message: ToRecorder) => {
  if (message.type !== 'batch') return
  const isFatal = message.entries.some((entry) => entry.type === 'called' && entry.path === '/die')
  if (isFatal) throw new Error('The thread was told to die.')
})
await import('./recorderWorker.ts')
