import { parentPort, workerData } from 'node:worker_threads'
import { openArchiveReader } from '../archive/archiveReader.ts'
import { explainDamage, isDamage } from '../archive/damage.ts'
import { archivePath } from '../archive/database.ts'
import { homeFolders } from '../homeFolders.ts'
import { answer } from './calls.ts'
import type { FromReader, WorkerCall } from './messages.ts'
import { openPriceBook } from './priceBook.ts'
import { createReaderMethods } from './readerMethods.ts'

/** The reading thread: what it looks up never waits for what is being recorded, nor the other way round. */

const port = parentPort as NonNullable<typeof parentPort>
const post = (message: FromReader) => port.postMessage(message)

const { dataDir } = workerData as { dataDir: string }

try {
  const homes = homeFolders()
  const archive = openArchiveReader(dataDir, homes)
  const handlers = createReaderMethods(archive, openPriceBook(dataDir), homes)
  post({ type: 'ready' })
  port.on('message', async (message: WorkerCall | { type: 'close' }) => {
    if (message.type === 'call') return post(await answer(handlers, message, dataDir))
    archive.close()
    port.close()
  })
} catch (error) {
  post({ type: 'refused', message: tell(error) })
  port.close()
}

function tell(error: unknown): string {
  if (isDamage(error)) return explainDamage(archivePath(dataDir))
  return error instanceof Error ? error.message : String(error)
}
