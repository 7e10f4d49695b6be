import { parentPort, workerData } from 'node:worker_threads'
import { openArchiveReader } from '../archive/archiveReader.ts'
import { answer } from './calls.ts'
import type { FromReader, WorkerCall } from './messages.ts'
import { openPriceBook } from './priceBook.ts'
import { createReaderMethods } from './readerMethods.ts'

/** The reading thread: what it looks up never waits for what is being recorded, nor the other way round. */

const port = parentPort as NonNullable<typeof parentPort>
const post = (message: FromReader) => port.postMessage(message)

try {
  const { dataDir } = workerData as { dataDir: string }
  const archive = openArchiveReader(dataDir)
  const handlers = createReaderMethods(archive, openPriceBook(dataDir))
  post({ type: 'ready' })
  port.on('message', async (message: WorkerCall | { type: 'close' }) => {
    if (message.type === 'call') return post(await answer(handlers, message))
    archive.close()
    port.close()
  })
} catch (error) {
  post({ type: 'refused', message: error instanceof Error ? error.message : String(error) })
  port.close()
}
